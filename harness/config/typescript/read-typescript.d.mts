/**
 * Lets this process read TypeScript from now on, by ts-node, whatever the project's package.json says of its module
 * format; types are not checked. What ts-node made of a text is kept in the directory `cache`, and taken from there until
 * the text, ts-node or the compiler is another one. Once is enough: later calls do nothing.
 */
export declare function readTypeScript(cache: string): void
