// One machine of a person: a display, a home folder, and the window on it, driven as the person would.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { remote } from 'webdriverio'
import { startDesktop } from './notices.mjs'
import { findProcess, freePorts, start, startDisplay, until } from './processes.mjs'

const run = promisify(execFile)
const program = process.env.YBZ_WINDOW
const command = process.env.YBZ_BIN
const driver = process.env.YBZ_TAURI_DRIVER ?? 'tauri-driver'

/**
 * A machine with an empty home folder and a key file; `close` ends everything and removes the folder. With `desktop` something
 * there shows notices; without, nothing does.
 */
export async function newMachine({ desktop: shows = false } = {}) {
  if (!program) throw new Error('YBZ_WINDOW must name the built window; `cargo xtask test window` sets it')
  const home = await mkdtemp(join(tmpdir(), 'ybz-window-'))
  const data = join(home, 'books')
  const key = join(home, 'key')
  await writeFile(key, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  const display = await startDisplay()
  const desktop = shows ? await startDesktop(home) : null
  const windows = []
  return {
    home,
    desktop,
    /** Opens the window on the same books as before. */
    async open() {
      const window = await openWindow({ home, data, key, display, desktop })
      windows.push(window)
      return window
    },
    /** Runs `ybz` on the same books; answers what it printed as JSON. */
    async ybz(...args) {
      if (!command) throw new Error('YBZ_BIN must name the built ybz; `cargo xtask test window` sets it')
      const { stdout } = await run(command, [...args, '--json', '--data', data, '--key-file', key], {
        env: { ...environment(home), YBZ_MDNS: 'off' },
      })
      return JSON.parse(stdout)
    },
    /** Starts the window on a display that is not there; answers how it ended and what it said. */
    async openWithout(display) {
      const env = { ...environment(home), ...display }
      return run(program, ['--data', data, '--key-file', key, '--offline'], { env }).catch((error) => error)
    },
    async close() {
      for (const window of windows) await window.kill()
      await desktop?.stop()
      await display.stop()
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The person's own folders, and no display. */
function environment(home) {
  const env = {
    ...process.env,
    GDK_BACKEND: 'x11',
    HOME: home,
    LANG: 'C.UTF-8',
    NO_AT_BRIDGE: '1',
    TZ: 'Asia/Shanghai',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
  }
  delete env.DISPLAY
  delete env.WAYLAND_DISPLAY
  return env
}

/** Starts the driver, and by it the window; `browser` is the WebdriverIO session. */
async function openWindow({ home, data, key, display, desktop }) {
  const [port, nativePort] = await freePorts(2)
  const env = { ...environment(home), DISPLAY: display.name, ...(desktop ? { DBUS_SESSION_BUS_ADDRESS: desktop.address } : {}) }
  const process_ = start(driver, ['--port', `${port}`, '--native-port', `${nativePort}`], { env })
  try {
    const answers = (number) => () =>
      fetch(`http://127.0.0.1:${number}/status`).then(
        (response) => response.ok,
        () => false,
      )
    await Promise.race([until(answers(port), 'the driver answers'), process_.failed])
    const browser = await remote({
      hostname: '127.0.0.1',
      port,
      logLevel: 'error',
      connectionRetryCount: 0,
      waitforTimeout: 20_000,
      capabilities: {
        'wdio:enforceWebDriverClassic': true,
        'tauri:options': { application: program, args: ['--data', data, '--key-file', key, '--offline'] },
      },
    })
    return { browser, kill: () => kill(process_, data) }
  } catch (error) {
    await process_.stop()
    throw new Error(`${error.message}\n${process_.said()}`, { cause: error })
  }
}

/** Ends the window at once, as a power cut would, and the driver with it. Answers whether the window still ran. */
async function kill(driverProcess, data) {
  const pid = await findProcess(program, data)
  if (pid) {
    process.kill(pid, 'SIGKILL')
    await until(async () => !(await findProcess(program, data)), 'the window ends')
  }
  await driverProcess.stop()
  return pid !== undefined
}
