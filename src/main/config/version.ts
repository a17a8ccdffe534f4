/** The app's version; a test holds it equal to package.json, which a packaged app cannot read. */
export const appVersion = '0.1.0'
