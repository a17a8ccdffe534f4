/** Made by the build: `scripts/bundledText.mjs`. */
declare module '*?bundled' {
  const text: string
  export default text
}
