/** Forms of English words that their stems do not join, each with the word that it is a form of. */
const pairs = `
  added:add adding:add arose:arise arisen:arise ate:eat eaten:eat awoke:awake beaten:beat began:begin begun:begin bent:bend bitten:bite
  bled:bleed blew:blow blown:blow bore:bear borne:bear bought:buy bred:breed broke:break broken:break brought:bring
  built:build burnt:burn came:come caught:catch children:child chose:choose chosen:choose clung:cling crept:creep
  dealt:deal drank:drink drawn:draw drew:draw driven:drive drove:drive drunk:drink dug:dig fallen:fall fed:feed
  feet:foot fell:fall felt:feel fled:flee flew:fly flown:fly forbade:forbid forbidden:forbid forgave:forgive
  forgiven:forgive forgot:forget forgotten:forget fought:fight found:find froze:freeze frozen:freeze gave:give
  geese:goose given:give gone:go grew:grow grown:grow heard:hear held:hold hid:hide hidden:hide hung:hang kept:keep
  knew:know knives:knife known:know laid:lay led:lead left:leave lent:lend lit:light lives:life lost:lose made:make
  meant:mean men:man met:meet mice:mouse mowed:mow mown:mow paid:pay rang:ring ridden:ride risen:rise rode:ride
  ran:run rung:ring said:say sang:sing sank:sink sat:sit saw:see seen:see sent:send shaken:shake shone:shine
  shook:shake shot:shoot showed:show shown:show slept:sleep slid:slide sold:sell sought:seek spent:spend spoke:speak
  spoken:speak stole:steal stolen:steal stood:stand struck:strike sung:sing sunk:sink swam:swim swept:sweep
  swore:swear sworn:swear swum:swim taken:take taught:teach teeth:tooth thought:think threw:throw thrown:throw
  told:tell took:take tore:tear torn:tear understood:understand went:go wives:wife woke:wake woken:wake women:woman
  won:win wore:wear worn:wear wove:weave woven:weave written:write wrote:write`

/** By form, in lower case. */
export const irregularForms: ReadonlyMap<string, string> = new Map(
  pairs
    .trim()
    .split(/\s+/u)
    .map((pair) => {
      const [form = '', word = ''] = pair.split(':')
      return [form, word]
    }),
)
