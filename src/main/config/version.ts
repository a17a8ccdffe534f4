/**
 * The app's version. The packaged app can't read package.json; a test checks that the two are
 * equal.
 */
export const appVersion = '0.1.0'
