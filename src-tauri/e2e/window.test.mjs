import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { page } from './page.mjs'
import { until } from './processes.mjs'
import { newMachine } from './window.mjs'

// The tests follow one person through one evening, in order, on one machine.
let machine
let window
before(async () => {
  machine = await newMachine()
  window = await machine.open()
})
after(() => machine?.close())

test('a new office is made in a few steps', async () => {
  const { heading, type, choose, button, tick } = page(window.browser)
  await heading('第一次使用')
  await type('机构名称', '某街道某村党支部')
  await choose('机构类别', '党支部')
  await button('建账')
  if ((await heading('请打印恢复码', '导入已有的表格')) === '请打印恢复码') {
    await tick('我已打印并收好')
    await button('下一步')
    await heading('导入已有的表格')
  }
  await button('跳过')
  await heading('可以开始了')
  await button('记第一次走访')
  await heading('走访记录')
})

test('a visit is saved', async () => {
  const { heading, type, choose, button, chip, option, words } = page(window.browser)
  await heading('走访记录')
  await type('日期', '昨晚')
  await choose('类型', '入户')
  await type('户', '张某')
  await option('新户“张某”')
  await chip('其他人')
  await type('其他参加人姓名', '王某')
  await button('新增')
  await choose('诉求', '无')
  await button('保存并记下一户')
  await words('已保存 张某,接着记下一户')
})

test('commands on the same folder go through the window', async () => {
  const status = await machine.ybz('status')
  assert.equal(status.running, true)
  const { rows } = await machine.ybz('rpc', 'visit.list', '{}')
  assert.equal(rows.length, 1, 'the visit that the window saved')
  assert.equal((await machine.ybz('doctor')).sound, true)
})

test('without a display the window says so and what to do', async () => {
  for (const display of [{}, { DISPLAY: ':4321' }]) {
    const ended = await machine.openWithout(display)
    assert.equal(ended.code, 5, ended.stderr)
    assert.match(ended.stderr, /窗口打不开.*ybz serve --ui/s)
    assert.doesNotMatch(ended.stderr, /panicked/)
  }
})

test('the visit is there after a power cut', async () => {
  assert.ok(await window.kill(), 'the window ran until it was killed')
  window = await machine.open()
  const { heading, link, tab, words } = page(window.browser)
  await link('夜谈走访')
  await heading('夜谈走访')
  await tab('入户')
  await words('张某')
})

test('a file that the page saves lies in the folder of the user', async () => {
  await window.browser.execute(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['一本账'], { type: 'application/octet-stream' }))
    link.download = '汇总.bin'
    link.click()
  })
  const saved = () => readFile(join(machine.home, '汇总.bin'), 'utf8').catch(() => '')
  assert.equal(await until(saved, 'the file appears in the home folder'), '一本账')
})

test('the page can ask the node, and nothing else of the machine', async () => {
  const ask = (command, input) =>
    window.browser.execute(
      (command, input) =>
        window.__TAURI_INTERNALS__.invoke(command, input).then(
          (answer) => Object.keys(answer)[0],
          () => 'refused',
        ),
      command,
      input,
    )
  assert.equal(await ask('rpc', { name: 'no.such.call', office: null, input: {} }), 'err', 'a failure is an answer')
  assert.equal(await ask('plugin:window|set_title', { label: 'main', value: '' }), 'refused', 'the window is not its own')
  assert.equal(await ask('plugin:path|resolve_directory', { directory: 1 }), 'refused', 'folders are not told')
})
