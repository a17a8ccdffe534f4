// How the desktop app is packed. It is packed on the system that it is for: the native packages of
// the others are not even installed.
const { execFileSync } = require('node:child_process')
const { platform } = process

/** Made for each packing. */
const sbom = 'out/sbom.cdx.json'

/** Parts of packages that only serve to build them, to read about them or to run elsewhere. */
const unneeded = [
  '!**/*.{map,ts,cts,mts,tsbuildinfo,flow}',
  '!**/{README,readme,CHANGELOG,changelog,CONTRIBUTING,AGENTS}.md',
  '!out/build.stamp',
  `!${sbom}`,
  '!node_modules/typescript/**',
  '!**/node_modules/@types/**',
  '!node_modules/pdfjs-dist/{build,web,image_decoders,legacy/web,legacy/image_decoders}/**',
  // llama.cpp's sources; Penknife never compiles.
  '!node_modules/node-llama-cpp/{templates,llama/addon,llama/cmake,llama/patches,llama/profiles,llama/toolchains,llama/xpack}/**',
  '!node_modules/node-llama-cpp/llama/gitRelease.bundle',
  // Of what can compute: the processor and Vulkan or Metal. CUDA would add 560 MB.
  '!node_modules/@node-llama-cpp/!(${os}-${arch}*)/**',
  '!node_modules/@node-llama-cpp/*-cuda*/**',
  '!node_modules/@lancedb/lancedb-*-musl/**',
  '!node_modules/@reflink/!(reflink-${platform}-${arch}*|reflink)/**',
  '!node_modules/onnxruntime-node/bin/napi-v*/!(${platform})/**',
  '!node_modules/onnxruntime-node/bin/napi-v*/${platform}/!(${arch})/**',
  '!node_modules/onnxruntime-node/script/**',
]

/** @type {import('electron-builder').Configuration} */
module.exports = {
  appId: 'app.penknife.desktop',
  productName: 'Penknife',
  copyright: 'Copyright © the Penknife authors',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  icon: 'resources/icons/icon.png',
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  // Debian packages must name both; whoever publishes puts their own here.
  extraMetadata: {
    author: 'The Penknife authors <penknife@example.invalid>',
    homepage: 'https://penknife.example.invalid',
  },

  beforePack: () => {
    execFileSync(process.execPath, ['scripts/sbom.mjs', sbom], { stdio: 'inherit' })
  },
  files: ['out/**', 'package.json', ...unneeded],
  asar: true,
  // Native libraries find one another by where they lie, so whole folders leave the archive.
  asarUnpack: [
    'node_modules/node-llama-cpp/bins/**',
    'node_modules/@node-llama-cpp/**',
    'node_modules/@lancedb/**',
    'node_modules/onnxruntime-node/bin/**',
    'node_modules/@reflink/**',
  ],
  extraResources: [
    { from: 'resources/models', to: 'models' },
    { from: 'resources/sample', to: 'sample' },
    { from: 'resources/templates', to: 'templates' },
    { from: 'resources/catalogue.json', to: 'catalogue.json' },
    { from: 'LICENSE', to: 'LICENSE' },
    { from: 'THIRD-PARTY-NOTICES.md', to: 'THIRD-PARTY-NOTICES.md' },
    { from: sbom, to: 'sbom.cdx.json' },
  ],
  // All native packages are Node-API binaries: they fit every Node and Electron as they are.
  npmRebuild: false,
  electronLanguages: ['en-US'],

  electronFuses: {
    // llama.cpp's package tries each of its binaries in a process of its own before it loads it, on
    // Linux always and on Windows for a graphics card. Without this fuse that process is another
    // Penknife, the try fails, and no model loads. On macOS nothing is tried.
    runAsNode: platform !== 'darwin',
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: platform !== 'linux',
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },

  mac: { target: ['dmg'], category: 'public.app-category.productivity' },
  win: { target: ['nsis'] },
  nsis: {
    oneClick: false,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
  },
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Office',
    synopsis: 'Ask your documents on your own machine',
  },
}
