import { RehearsalError } from '../errors.ts'

/** A script's text. A byte order mark and line ends stay, so that encoding it again gives the same bytes. */
export function decodeScript(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new RehearsalError('RELEASE_UNREADABLE', `${path} is not UTF-8 text`, {
      hint: `store ${path} as UTF-8`,
      details: { file: path },
      cause,
    })
  }
}

export function encodeScript(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
