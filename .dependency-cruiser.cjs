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
      { path: '^src/renderer/src/(api|features)' },
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
      { path: '^src', pathNot: '^src/main/hosts/' },
      { path: 'node_modules/(node-llama-cpp|@huggingface/transformers|onnxruntime-node)' },
    ),
    between(
      'core-knows-no-shell',
      'Features, ports and handlers work in every shell.',
      {
        path: '^src/main/(handlers|documents|chat|templates|models|indexing|evaluation|retrieval|embedding|llm|hosts|files|config)/',
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
      { path: '^src/main/(documents|chat|templates|retrieval|embedding|llm|hosts|config)/' },
      { path: '^src/main/handlers/' },
    ),
    between(
      'ports-below-features',
      'Retrieval, embedding and the model know no feature.',
      { path: '^src/main/(retrieval|embedding|llm)/' },
      { path: '^src/main/(documents|chat|templates|evaluation)/' },
    ),
    between(
      'main-features-do-not-mix',
      'The app hands one feature what it needs of another.',
      { path: '^src/main/(documents|chat|templates|models|indexing)/' },
      {
        path: '^src/main/(documents|chat|templates|models|indexing|evaluation)/',
        pathNot: '^src/main/$1/',
      },
    ),
    between(
      'hosts-below-ports',
      'Host processes know config and shared only, and the pure code they run.',
      { path: '^src/main/hosts/' },
      {
        path: '^src/main/',
        pathNot: '^src/main/(hosts|config|documents/(parsing|chunking)|templates/tables|llm/gguf)/',
      },
    ),
    between(
      'config-at-the-bottom',
      'Files, settings and the log know nothing of what they are used for.',
      { path: '^src/main/config/' },
      { path: '^src/main/(?!config/)' },
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
