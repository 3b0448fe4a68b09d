import { plainText } from '../text.ts'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly (XmlElement | string)[]
}

export function element(
  name: string,
  attributes: XmlElement['attributes'],
  children: XmlElement['children'] = [],
): XmlElement {
  return { name, attributes, children }
}

/** The document as UTF-8 text. Text and attributes lose colours and passwords; what XML forbids becomes U+FFFD. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(root, '')}\n`
}

function render({ name, attributes, children }: XmlElement, indent: string): string {
  const start = [
    name,
    ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeAttribute(String(value))}"`),
  ].join(' ')
  if (children.length === 0) return `${indent}<${start}/>`
  const hasText = children.some((child) => typeof child === 'string')
  const content = children.map((child) =>
    typeof child === 'string' ? escapeText(child) : render(child, hasText ? '' : `${indent}  `),
  )
  if (hasText) return `${indent}<${start}>${content.join('')}</${name}>`
  return [`${indent}<${start}>`, ...content, `${indent}</${name}>`].join('\n')
}

/** `>` is always escaped, so that `]]>` cannot occur; a carriage return would be read back as a line feed. */
function escapeText(text: string): string {
  return legalise(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
}

/** A parser turns plain line feeds and tabs of attributes into spaces: character references keep them. */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

/** XML 1.0, production 2 (Char): no other character may occur, not even as a reference. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

function legalise(text: string): string {
  return plainText(text).replace(forbidden, '\u{FFFD}')
}
