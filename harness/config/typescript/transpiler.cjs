// Transpiler of ts-node that gives ES modules, and says where a syntax error is.
const { relative } = require('node:path')

exports.create = () => {
  const ts = require('typescript')
  const compilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    sourceMap: true,
  }
  return {
    transpile(code, { fileName }) {
      const { outputText, sourceMapText, diagnostics } = ts.transpileModule(code, {
        fileName,
        compilerOptions,
        reportDiagnostics: true,
      })
      const [fault] = diagnostics
      if (fault?.file !== undefined) throw new SyntaxError(describe(ts, fault))
      return { outputText, sourceMapText }
    },
  }
}

function describe(ts, { file, start, messageText }) {
  const { line, character } = file.getLineAndCharacterOfPosition(start)
  const place = `${relative(process.cwd(), file.fileName)}:${line + 1}:${character + 1}`
  return `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}
