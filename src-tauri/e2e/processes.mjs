// Programs that a test starts: a display, a driver, the window. All end with the test, whatever happens.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'

/** Waits until `condition` answers something truthy, and returns that; fails with `reason` after `limit` ms. */
export async function until(condition, reason, limit = 30_000) {
  const end = Date.now() + limit
  for (;;) {
    const answer = await condition()
    if (answer) return answer
    if (Date.now() > end) throw new Error(`waited ${limit / 1000} s in vain: ${reason}`)
    await new Promise((next) => setTimeout(next, 50))
  }
}

/** Ports that nothing listens on. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

const running = new Set()
const endAll = () => running.forEach(endGroup)
process.on('exit', endAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

function endGroup(child) {
  running.delete(child)
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

/** Starts a program in its own process group and returns it with what it said and a way to end the whole group. */
export function start(program, args, { env, extra = [] } = {}) {
  const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', ...extra] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data))
  const failed = new Promise((_, fail) =>
    child.on('error', (error) => fail(new Error(`${program} does not start: ${error.message}`))),
  )
  failed.catch(() => {})
  if (child.pid) running.add(child)
  const ended = new Promise((end) => child.on('close', end))
  const stop = async () => {
    if (child.pid) endGroup(child)
    await Promise.race([ended, failed.catch(() => {})])
  }
  return { child, failed, stop, said: () => said }
}

/** Starts Xvfb on a display that it picks itself. */
export async function startDisplay() {
  const args = ['-displayfd', '3', '-screen', '0', '1400x900x24', '-nolisten', 'tcp', '-noreset']
  const xvfb = start('Xvfb', args, { extra: ['pipe'] })
  let number = ''
  xvfb.child.stdio[3].on('data', (data) => (number += data))
  const ready = until(() => number.endsWith('\n'), 'Xvfb names no display').catch((error) => {
    throw new Error(`${error.message}\n${xvfb.said()}`)
  })
  await Promise.race([ready, xvfb.failed])
  return { name: `:${number.trim()}`, stop: xvfb.stop }
}

/** The process whose arguments contain `argument` and whose program is `program`, if there is one. */
export async function findProcess(program, argument) {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
    if (args[0] === program && args.includes(argument)) return Number(pid)
  }
  return undefined
}
