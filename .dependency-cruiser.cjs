/** The direction of the arrows (docs/architecture.md) as rules. */
const between = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    between(
      'no-cycles',
      'Two modules that need each other are one, or hide a third.',
      {},
      { circular: true },
    ),
    between(
      'domain-is-pure',
      'The domain knows nothing but itself and errors.',
      { path: '^src/shared/domain' },
      { path: '^src/', pathNot: '^src/shared/(domain|errors)' },
    ),
    between(
      'rpc-is-generic',
      'The wire does not know what travels on it.',
      { path: '^src/shared/rpc' },
      { path: '^src/', pathNot: '^src/shared/(rpc|errors|emitter|latch)' },
    ),
    between(
      'shared-runs-anywhere',
      'Shared code has no Node, DOM, Electron or React.',
      { path: '^src/shared' },
      { dependencyTypes: ['core'] },
    ),
    between(
      'shared-depends-on-no-layer',
      'Layers depend on shared, not the reverse.',
      { path: '^src/shared' },
      { path: '^src/(main|renderer|preload)' },
    ),
    between(
      'renderer-talks-through-the-contract',
      'The window reaches the core only through the contract.',
      { path: '^src/renderer' },
      { path: '^src/(main|preload)' },
    ),
    between(
      'preload-is-thin',
      'The preload knows shared types at most.',
      { path: '^src/preload' },
      { path: '^src/(main|renderer)' },
    ),
    between(
      'ui-knows-no-feature',
      'src/ui are building blocks: no api, no feature.',
      { path: '^src/renderer/src/ui' },
      { path: '^src/renderer/src/(api|mirror|features|app)' },
    ),
    between(
      'mirror-knows-the-api-alone',
      'The copy of the core does not know who looks at it.',
      { path: '^src/renderer/src/mirror' },
      { path: '^src/', pathNot: '^src/(shared|renderer/src/(api|mirror))' },
    ),
    between(
      'features-are-given-the-mirror',
      'A feature knows types and hooks of the mirror; the window makes it.',
      { path: '^src/renderer/src/features' },
      { path: '^src/renderer/src/(app/|mirror/mirror\\.ts$)' },
    ),
    between(
      'features-do-not-mix',
      'A feature of the window never imports another one.',
      { path: '^src/renderer/src/features/([^/]+)/' },
      { path: '^src/renderer/src/features/', pathNot: '^src/renderer/src/features/$1/' },
    ),
    between(
      'electron-in-one-place',
      'Only main/electron, main/index.ts and the preload know Electron.',
      { path: '^src', pathNot: '^src/(main/electron/|main/index\\.ts|preload/)' },
      { path: '(^|/)node_modules/electron/' },
    ),
    between(
      'lancedb-in-one-place',
      'vectorStore.ts, with its folder, is the only LanceDB user.',
      { path: '^src', pathNot: '^src/main/retrieval/vectorStore(\\.ts$|/)' },
      { path: 'node_modules/@lancedb' },
    ),
    between(
      'native-inference-in-hosts',
      'Native inference lives in child processes.',
      { path: '^src', pathNot: '^src/main/(llm|embedding|parsing)/host/' },
      { path: 'node_modules/(node-llama-cpp|@huggingface/transformers|onnxruntime-node)' },
    ),
    between(
      'core-knows-no-shell',
      'Features, ports and handlers work in every shell.',
      {
        path: '^src/main/(handlers|documents|chat|templates|models|indexing|evaluation|prompting|parsing|retrieval|embedding|llm|processes|files|language|config|disk|flow)/',
      },
      { path: '^src/main/(electron|loopback|cli|app)/|^src/main/(index|serve|cli|app)\\.ts' },
    ),
    between(
      'app-knows-no-shell',
      'Shells are given the app, the app is given no shell.',
      { path: '^src/main/app(\\.ts$|/)' },
      { path: '^src/main/(electron|loopback|cli|shell)/|^src/main/(index|serve|cli)\\.ts' },
    ),
    between(
      'app-is-put-together-once',
      'app.ts alone puts the parts of the app together.',
      { path: '^src', pathNot: '^src/main/app(\\.ts$|/)' },
      { path: '^src/main/app/' },
    ),
    between(
      'handlers-on-top',
      'Handlers call features, never the reverse.',
      { path: '^src/main/', pathNot: '^src/main/(handlers/|app(\\.ts$|/))' },
      { path: '^src/main/handlers/' },
    ),
    between(
      'main-features-do-not-mix',
      'The app hands one feature what it needs of another.',
      { path: '^src/main/(documents|chat|templates|models|indexing|evaluation)/' },
      {
        path: '^src/main/(documents|chat|templates|models|indexing|evaluation)/',
        pathNot: '^src/main/$1/',
      },
    ),
    between(
      'parsing-below-features',
      'What turns a file into text knows the size of passages, and no feature.',
      { path: '^src/main/parsing/' },
      {
        path: '^src/main/',
        pathNot: '^src/main/(parsing|embedding|processes|files|language|disk|flow)/',
      },
    ),
    between(
      'retrieval-below-features',
      'Retrieval knows the ports of the models, and no feature.',
      { path: '^src/main/retrieval/' },
      { path: '^src/main/', pathNot: '^src/main/(retrieval|embedding|llm|language|disk|flow)/' },
    ),
    between(
      'prompting-below-features',
      'What fits a prompt to a model knows passages and the model, and no feature.',
      { path: '^src/main/prompting/' },
      { path: '^src/main/', pathNot: '^src/main/(prompting|retrieval|llm|disk|flow)/' },
    ),
    between(
      'models-behind-ports',
      'The two kinds of model know neither each other nor what they are used for.',
      { path: '^src/main/(embedding|llm)/' },
      { path: '^src/main/', pathNot: '^src/main/($1|processes|disk|flow)/' },
    ),
    between(
      'processes-at-the-bottom',
      'What starts and watches a process does not know which program it runs.',
      { path: '^src/main/processes/' },
      { path: '^src/main/', pathNot: '^src/main/(processes|disk|flow)/' },
    ),
    between(
      'disk-flow-and-files-at-the-bottom',
      'They know nothing of what they are used for.',
      { path: '^src/main/(disk|flow|files|language)/' },
      { path: '^src/main/', pathNot: '^src/main/(disk|flow|files|language)/' },
    ),
    between(
      'settings-know-the-disk-alone',
      'Settings are read by those who need them, never the reverse.',
      { path: '^src/main/config/' },
      { path: '^src/main/', pathNot: '^src/main/(config|disk|flow)/' },
    ),
    between(
      'no-orphans',
      'A file that nobody imports is a file nobody would miss.',
      {
        orphan: true,
        path: '^src',
        pathNot:
          '(\\.d\\.ts|^src/renderer/src/main\\.tsx|^src/main/(index|serve|cli)\\.ts|\\.host\\.ts|^src/preload/index\\.ts)$',
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.css'],
    },
  },
}
