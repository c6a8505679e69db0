// The page as a person finds their way in it: by the words on headings, labels and buttons. A space between two
// Chinese letters of a button is decoration and does not count.

const bare = (words) => words.replaceAll(/\s/g, '')
const text = "translate(normalize-space(.), ' \u00a0', '')"
const starts = (words) => `starts-with(${text}, '${bare(words)}')`
const is = (words) => `${text}='${bare(words)}'`

/** What a person can see and do in the window that `browser` drives. */
export function page(browser) {
  const shown = async (xpath, reason) => {
    const element = browser.$(xpath)
    await element.waitForDisplayed({ timeoutMsg: `nowhere on the page: ${reason}\n` })
    return element
  }
  const press = async (element) => {
    await element.waitForEnabled()
    await element.click()
  }
  return {
    /** Waits for the page with one of these headings, and says which. */
    async heading(...names) {
      const heading = await shown(`//h1[${names.map(is).join(' or ')}]`, `heading ${names.join(' / ')}`)
      return heading.getText()
    },
    /** Waits until these words stand somewhere. */
    words: (words) => shown(`//*[text()[contains(translate(., ' ', ''), '${bare(words)}')]]`, `words ${words}`),
    button: async (name) => press(await shown(`//button[${starts(name)}]`, `button ${name}`)),
    /** A button that merely ends with these words, such as a chip with its tick in front. */
    chip: async (name) => press(await shown(`//button[contains(${text}, '${bare(name)}')]`, `chip ${name}`)),
    link: async (name) => press(await shown(`//a[contains(${text}, '${bare(name)}')]`, `link ${name}`)),
    tab: async (name) => press(await shown(`//*[@role='tab'][${is(name)}]`, `tab ${name}`)),
    option: async (name) => press(await shown(`//*[@role='option'][contains(${text}, '${bare(name)}')]`, `option ${name}`)),
    /** Ticks a box by its label. */
    tick: async (name) => press(await shown(`//label[contains(${text}, '${bare(name)}')]`, `box ${name}`)),
    /** Chooses one of a group of radio buttons. */
    choose: async (group, name) =>
      press(await shown(`//*[@role='radiogroup'][./legend[${starts(group)}]]//label[${is(name)}]`, `${group}: ${name}`)),
    /** Replaces what stands in the field with this label. */
    async type(label, words) {
      const element = await shown(`//*[@id=//label[${starts(label)}]/@for]`, `field ${label}`)
      await element.click()
      await browser.keys(['Control', 'a'])
      await element.addValue(words)
    },
    press: (keys) => browser.keys(keys),
  }
}
