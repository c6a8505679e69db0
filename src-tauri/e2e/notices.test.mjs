import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { page } from './page.mjs'
import { until } from './processes.mjs'
import { newMachine } from './window.mjs'

let machine
before(async () => {
  machine = await newMachine({ desktop: true })
})
after(() => machine?.close())

const wanted = { id: null, title: '修理周大山家门口的路灯', origin: 'own', problem: '', measure: '去周大山家看', leader: '', person: '王某', confirmDate: false, keepMatches: false }

test('what is due today comes as a notice of the system, in counts, and pressing it leads there', async () => {
  await machine.ybz('init', '--office', '某街道某村党支部', '--kind', 'branch')
  const { today } = await machine.ybz('rpc', 'node.overview', '{}')
  await machine.ybz('rpc', 'checklist.save', JSON.stringify({ ...wanted, deadline: today }))
  const settings = await machine.ybz('rpc', 'settings.get', '{}')
  await machine.ybz('rpc', 'settings.set', JSON.stringify({ ...settings, reminderAt: '00:00' }))

  const window = await machine.open()
  const { heading, link } = page(window.browser)
  const { shown } = machine.desktop
  await until(() => shown.length > 0, 'the notice comes')
  const [{ program, title, body, actions }] = shown
  assert.equal(program, '一本账')
  assert.match(title, /^一本账:有 \d+ 件事到期$/)
  assert.match(body, /(^|、)清单 1 件(、|$)/)
  assert.match(body, /^([^、\d]+ \d+ 件)(、[^、\d]+ \d+ 件)*$/, 'kinds and counts, and nothing else')
  assert.doesNotMatch(title + body, /周大山|路灯|王某|某村/)
  assert.deepEqual(actions, ['default', '打开'])

  await link('夜谈走访')
  await heading('夜谈走访')
  machine.desktop.press(1)
  await heading('今日')
  assert.equal(shown.length, 1, 'once a day')
})
