/** Brings dist/ up to date with the modules of the harness, and returns its URL. Types are not checked. */
export declare function compile(): URL
