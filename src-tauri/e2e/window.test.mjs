import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { until } from './processes.mjs'
import { newMachine } from './window.mjs'

let machine
let window

before(async () => {
  machine = await newMachine()
  window = await machine.open()
})
after(() => machine?.close())

test('the page reaches the node through the one command, and no other command exists', async () => {
  const { browser } = window
  const answer = await browser.execute(() =>
    window.__TAURI_INTERNALS__.invoke('rpc', { name: 'no.such.call', office: null, input: {} }),
  )
  assert.ok(answer.err?.code, `a failure is coded: ${JSON.stringify(answer)}`)
  const refused = await browser.execute(() =>
    window.__TAURI_INTERNALS__.invoke('plugin:window|close', {}).then(
      () => 'allowed',
      (reason) => `refused: ${reason}`,
    ),
  )
  assert.match(refused, /^refused/, 'the page may not drive the window')
})

test('a file that the page saves lies in the folder of the user, and the page hears where', async () => {
  const { browser } = window
  await browser.execute(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['一本账'], { type: 'application/octet-stream' }))
    link.download = '汇总.bin'
    link.click()
  })
  const saved = () => readFile(join(machine.home, '汇总.bin'), 'utf8').catch(() => '')
  assert.equal(await until(saved, `the file appears among ${await readdir(machine.home)}`), '一本账')
})
