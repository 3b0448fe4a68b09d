/** A JUnit report of so many tests, the first of which failed, the last of which were skipped on top. */
export function junitOf(tests: number, failed: number, skipped = 0): string {
  const cases = Array.from({ length: tests + skipped }, (_, index) => {
    const outcome = index < failed ? '<failure message="no"/>' : index >= tests ? '<skipped/>' : ''
    return `<testcase classname="a" name="${index}">${outcome}</testcase>`
  })
  const totals = `tests="${tests + skipped}" failures="${failed}" errors="0"`
  return `<testsuites ${totals}><testsuite name="a" ${totals}>${cases.join('')}</testsuite></testsuites>`
}
