/** What a page has in the place that scripts of `loadingMarkup` write to, once one has run. */
export const ranFlag = 'penknifeRan'

/** HTML and Markdown that load, run or navigate where they are not shown as text. */
export interface LoadingMarkup {
  /** One or several elements for each kind, each of one line. */
  readonly html: Readonly<Record<string, string>>
  readonly markdown: Readonly<Record<string, string>>
}

/** @param base address of a server that must get no request; paths name the kind. */
export function loadingMarkup(base: string): LoadingMarkup {
  const at = (kind: string): string => `${base}/${kind}`
  const run = `${ranFlag}=1`
  return { html: htmlOf(at, run), markdown: markdownOf(at, run) }
}

type Address = (kind: string) => string

function htmlOf(at: Address, run: string): LoadingMarkup['html'] {
  return {
    ...loadedParts(at),
    ...scriptsOf(at, run),
    ...leadingAway(at, run),
    ...oddParsing(at, run),
  }
}

function loadedParts(at: Address): LoadingMarkup['html'] {
  return {
    image: `<img src="${at('img')}" loading="eager"><image href="${at('image')}">`,
    picture: `<picture><source srcset="${at('srcset')} 2x"><img srcset="${at('set')} 1x"></picture>`,
    stylesheet: `<link rel="stylesheet" href="${at('css')}"><style>@import url(${at('import')});</style>`,
    styles: `<style>body{background:url(${at('background')})} @font-face{font-family:Inter;src:url(${at('font')})}</style>`,
    inlineStyle: `<p style="background-image:url('${at('style')}');content:url(${at('content')})">a</p>`,
    oldBackground: `<body background="${at('body')}"><table background="${at('table')}"><tr><td>a</td></tr></table>`,
    hints: [
      'prefetch',
      'preload',
      'dns-prefetch',
      'preconnect',
      'icon',
      'manifest',
      'modulepreload',
    ]
      .map((rel) => `<link rel="${rel}" as="image" href="${at(rel)}">`)
      .join(''),
    frames: `<iframe src="${at('iframe')}"></iframe><iframe srcdoc="<img src=${at('srcdoc')}>"></iframe><frameset><frame src="${at('frame')}"></frameset>`,
    plugins: `<object data="${at('object')}"></object><embed src="${at('embed')}"><applet archive="${at('applet')}"></applet>`,
    media: `<video src="${at('video')}" poster="${at('poster')}" autoplay></video><audio src="${at('audio')}" autoplay></audio><video><source src="${at('source')}"><track src="${at('track')}" default></video>`,
    svg: `<svg><image href="${at('svg-image')}"/><use href="${at('svg-use')}#a"/><foreignObject><img src="${at('svg-foreign')}"></foreignObject><feImage xlink:href="${at('svg-filter')}"/></svg>`,
    math: `<math href="${at('math')}"><mtext><img src="${at('mtext')}"></mtext><maction actiontype="statusline#${at('maction')}">a</maction></math>`,
  }
}

function scriptsOf(at: Address, run: string): LoadingMarkup['html'] {
  return {
    scripts: `<script src="${at('script')}"></script><script>${run}</script><script type="module">${run}</script>`,
    svgScript: `<svg onload="${run}"><script>${run}</script><script href="${at('svg-script')}"/><animate onbegin="${run}" attributeName="x"/><set attributeName="href" to="javascript:${run}"/></svg>`,
    handlers: `<img src="${at('onerror')}" onerror="${run}"><body onload="${run}"><details open ontoggle="${run}"><input autofocus onfocus="${run}"><marquee onstart="${run}">a</marquee><video><source onerror="${run}"></video>`,
    animation: `<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart="${run}">a</p>`,
    speculation: `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${at('speculation')}"]}]}</script>`,
  }
}

function leadingAway(at: Address, run: string): LoadingMarkup['html'] {
  return {
    refresh: `<meta http-equiv="refresh" content="0;url=${at('refresh')}">`,
    base: `<base href="${at('base')}/" target="_blank"><img src="relative"><a href="relative">a</a>`,
    form: `<form action="${at('form')}"><input type="image" src="${at('input')}"><button formaction="${at('formaction')}">a</button></form><script>document.forms[0].submit()</script>`,
    links: `<a href="${at('link')}" ping="${at('ping')}">link to follow</a><map><area href="${at('area')}" ping="${at('area-ping')}"></map>`,
    otherSchemes: `<a href="javascript:${run}">script link</a><a href="data:text/html,<script src='${at('data')}'></script>">data link</a><iframe src="javascript:parent.${run}"></iframe>`,
  }
}

function oddParsing(at: Address, run: string): LoadingMarkup['html'] {
  const image = (kind: string): string => `<img src="${at(kind)}" onerror="${run}">`
  return {
    comment: `<!--><img src="${at('comment')}">--> <!-- --!>${image('comment-end')}`,
    cdata: `<![CDATA[>${image('cdata')}]]>`,
    rawText: `<title></title>${image('title')}<textarea></textarea>${image('textarea')}<noscript>${image('noscript')}</noscript><plaintext></plaintext>`,
    template: `<template>${image('template')}</template><div><template shadowrootmode="open">${image('shadow')}<slot></slot></template></div>`,
    confusedParser: `<math><mtext><table><mglyph><style><!--</style>${image('mutation')}</math><svg></p><style><a id="</style>${image('svg-style')}">`,
    instructions: `<?xml-stylesheet href="${at('xml-style')}"?><!DOCTYPE a [<!ENTITY b SYSTEM "${at('entity')}">]>&b;`,
    attributes: `"><script>${run}</script>' onmouseover='${run}' x="`,
    encoded: `&lt;img src="${at('encoded')}"&gt; &#60;script&#62;${run}&#60;/script&#62; \\u003cscript\\u003e${run}`,
  }
}

function markdownOf(at: Address, run: string): LoadingMarkup['markdown'] {
  return {
    image: `![pixel](${at('md-image')} "title") ![](<${at('md-angle')}>)`,
    referenceImage: `![pixel][ref] and [ref]\n\n[ref]: ${at('md-reference')} "title"`,
    linkedImage: `[![pixel](${at('md-linked')})](${at('md-link')})`,
    autolinks: `<${at('md-autolink')}> ${at('md-bare')} www.example.invalid someone@example.invalid`,
    schemes: `[run](javascript:${run}) [run](JaVaScRiPt&#58;${run}) [page](data:text/html,<script>${run}</script>) [file](file:///etc/hosts) [app](vbscript:${run})`,
    footnotes: `So it is.[^1]\n\n[^1]: ![pixel](${at('md-footnote')}) <img src="${at('md-footnote-html')}">`,
    comment: `<!-- ![pixel](${at('md-comment')}) -->\n\n[//]: # (${at('md-hidden')})`,
    table: `| a | b |\n|---|---|\n| ![pixel](${at('md-cell')}) | <img src="${at('md-cell-html')}"> |`,
    quote: `> ![pixel](${at('md-quote')})\n\n- ![pixel](${at('md-item')})\n\n# ![pixel](${at('md-heading')})`,
    code: `\`\`\`html\n<img src="${at('md-code')}"><script>${run}</script>\n\`\`\`\n\n\`<img src="${at('md-span')}">\``,
    languages: `\`\`\`"><img src=${at('md-info')} onerror=${run}>\nlet a\n\`\`\`\n\n\`\`\`mermaid\nclick a href "${at('md-mermaid')}"\n\`\`\``,
    formula: `$$\\includegraphics{${at('md-formula')}} \\href{javascript:${run}}{a}$$`,
    wiki: `![[${at('md-wiki')}]] {{${at('md-braces')}}} :::{embed} ${at('md-embed')}`,
  }
}
