import { readFileSync } from 'node:fs'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'

const schemaPath = new URL('../../schema/jenkins-junit.xsd', import.meta.url)

/** Reads a JUnit report and checks it against the schema; throws with libxml2's own message. */
export function validateJunit(xml: string): void {
  using report = XmlDocument.fromString(xml)
  using schema = XmlDocument.fromBuffer(readFileSync(schemaPath))
  using validator = XsdValidator.fromDoc(schema)
  validator.validate(report)
}

/** The values of all nodes that an XPath expression selects, as a parser reads them. */
export function readXml(xml: string, xpath: string): string[] {
  using report = XmlDocument.fromString(xml)
  return report.find(xpath).map((node) => node.content)
}
