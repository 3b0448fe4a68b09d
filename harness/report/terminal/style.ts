import picocolors from 'picocolors'

type Paint = (text: string) => string

export interface Style {
  readonly bold: Paint
  readonly dim: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly unsure: Paint
}

/** Colours by meaning; without `colour` text stays as it is. */
export function createStyle(colour: boolean): Style {
  const colours = picocolors.createColors(colour)
  return {
    bold: colours.bold,
    dim: colours.dim,
    good: colours.green,
    bad: colours.red,
    unsure: colours.yellow,
  }
}
