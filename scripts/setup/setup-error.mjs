/** Something that setup cannot do itself; `hint` is the exact thing to do instead. */
export class SetupError extends Error {
  /**
   * @param {string} message
   * @param {string} [hint]
   */
  constructor(message, hint) {
    super(message)
    this.name = 'SetupError'
    this.hint = hint
  }
}
