/** Why a test was skipped that belongs to no part of the specs that was asked for. */
export function notSelected(selection: string): string {
  return `${beginning}${selection}`
}

/** Whether that is the reason of a skip. */
export function isNotSelected(reason: string): boolean {
  return reason.startsWith(beginning)
}

const beginning = 'not selected by '
