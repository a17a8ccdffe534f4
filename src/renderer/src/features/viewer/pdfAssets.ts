/**
 * Character maps, standard fonts and image decoders that pdf.js requests by name. All of them are
 * bundled with the window and come from its own origin; none is fetched before a page needs it.
 */
const bundled: Readonly<Record<string, string>> = {
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../../../node_modules/pdfjs-dist/wasm/{jbig2,openjpeg}.wasm', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
}

const byName = new Map(
  Object.entries(bundled).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
)

/** Provides pdf.js with its data by name; the shape is its `BinaryDataFactory` option. */
export class BundledPdfAssets {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = byName.get(filename)
    if (url === undefined) throw new Error(`pdf.js asked for ${filename}, which is not bundled.`)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`${filename} could not be read.`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
