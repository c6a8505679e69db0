// A desktop that shows notices: a message bus of its own and, on it, the service that programs ask to show them. It speaks
// the few messages of the bus that this takes, so that no library of the system is needed.
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { start, until } from './processes.mjs'

const service = 'org.freedesktop.Notifications'
const bus = 'org.freedesktop.DBus'
const call = 1
const answer = 2
const signal = 4

/** Starts the bus in `folder`; `shown` holds what a person would have read, `press` presses a notice. */
export async function startDesktop(folder) {
  const path = join(folder, 'bus')
  const address = `unix:path=${path}`
  const daemon = start('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=3', `--address=${address}`], { extra: ['pipe'] })
  let ready = ''
  daemon.child.stdio[3].on('data', (data) => (ready += data))
  await Promise.race([until(() => ready.endsWith('\n'), 'the bus says no address'), daemon.failed])

  const socket = connect(path)
  await once(socket, 'connect')
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid())).toString('hex')}\r\n`)
  const [greeting] = await once(socket, 'data')
  if (!String(greeting).startsWith('OK')) throw new Error(`the bus lets nobody in: ${greeting}`)
  socket.write('BEGIN\r\n')

  let serial = 0
  const send = (type, fields, signature = '', ...values) => {
    serial += 1
    socket.write(message(type, serial, fields, signature, values))
    return serial
  }
  const shown = []
  const answers = {
    GetServerInformation: ['ssss', 'test', 'test', '1', '1.2'],
    GetCapabilities: ['as', ['body', 'actions']],
    CloseNotification: [''],
  }
  let owner = false
  let rest = Buffer.alloc(0)
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data])
    for (;;) {
      const heard = read(rest)
      if (!heard) return
      rest = rest.subarray(heard.length)
      if (heard.type === answer && heard.replyTo === asked) owner = true
      if (heard.type !== call) continue
      const to = { replyTo: heard.serial, destination: heard.sender }
      if (heard.member === 'Notify') {
        const [program, , , title, body, actions] = values(heard.body, 'susssas')
        shown.push({ program, title, body, actions })
        send(answer, to, 'u', shown.length)
      } else if (answers[heard.member]) send(answer, to, ...answers[heard.member])
    }
  })
  const onBus = { path: '/org/freedesktop/DBus', interface: bus, destination: bus }
  send(call, { ...onBus, member: 'Hello' })
  const asked = send(call, { ...onBus, member: 'RequestName' }, 'su', service, 0)
  await until(() => owner, 'the service has no name on the bus')

  return {
    address,
    shown,
    /** As if the person pressed the notice with this number, the first being 1. */
    press(number) {
      const from = { path: '/org/freedesktop/Notifications', interface: service }
      send(signal, { ...from, member: 'ActionInvoked' }, 'us', number, 'default')
      send(signal, { ...from, member: 'NotificationClosed' }, 'uu', number, 2)
    },
    async stop() {
      socket.destroy()
      await daemon.stop()
    },
  }
}

const even = (at, to) => (at + to - 1) & -to

/** Bytes that are written one after the other, each value where its kind may begin. */
class Writer {
  bytes = []
  align(to) {
    while (this.bytes.length % to) this.bytes.push(0)
  }
  number(value) {
    this.align(4)
    const four = Buffer.alloc(4)
    four.writeUInt32LE(value)
    this.bytes.push(...four)
  }
  text(value) {
    const bytes = Buffer.from(value)
    this.number(bytes.length)
    this.bytes.push(...bytes, 0)
  }
  signature(value) {
    this.bytes.push(value.length, ...Buffer.from(value), 0)
  }
  /** Of the kinds `u`, `s` and `as`. */
  values(signature, values) {
    for (const [at, kind] of (signature.match(/as|[su]/g) ?? []).entries()) {
      if (kind === 'u') this.number(values[at])
      else if (kind === 's') this.text(values[at])
      else {
        const inner = new Writer()
        for (const one of values[at]) inner.text(one)
        this.number(inner.bytes.length)
        this.bytes.push(...inner.bytes)
      }
    }
  }
}

const codes = { path: [1, 'o'], interface: [2, 's'], member: [3, 's'], replyTo: [5, 'u'], destination: [6, 's'], signature: [8, 'g'] }

function message(type, serial, fields, signature, given) {
  const body = new Writer()
  body.values(signature, given)
  const head = new Writer()
  for (const [name, value] of Object.entries({ ...fields, ...(signature ? { signature } : {}) })) {
    const [code, kind] = codes[name]
    head.align(8)
    head.bytes.push(code)
    head.signature(kind)
    if (kind === 'u') head.number(value)
    else if (kind === 'g') head.signature(value)
    else head.text(value)
  }
  const whole = new Writer()
  whole.bytes.push(0x6c, type, 0, 1)
  whole.number(body.bytes.length)
  whole.number(serial)
  whole.number(head.bytes.length)
  whole.bytes.push(...head.bytes)
  whole.align(8)
  return Buffer.from([...whole.bytes, ...body.bytes])
}

/** The first message in `bytes` with its whole length, once it is all there. */
function read(bytes) {
  if (bytes.length < 16) return null
  const head = bytes.readUInt32LE(12)
  const start = even(16 + head, 8)
  const length = start + bytes.readUInt32LE(4)
  if (bytes.length < length) return null
  const heard = { type: bytes[1], serial: bytes.readUInt32LE(8), length, body: bytes.subarray(start, length) }
  const names = { 3: 'member', 5: 'replyTo', 7: 'sender' }
  for (let at = 16; at < 16 + head; ) {
    at = even(at, 8)
    const code = bytes[at]
    const kind = String.fromCharCode(bytes[at + 2])
    at += 4
    let value
    if (kind === 'g') {
      value = bytes.toString('utf8', at + 1, at + 1 + bytes[at])
      at += bytes[at] + 2
    } else {
      at = even(at, 4)
      value = bytes.readUInt32LE(at)
      at += 4
      if (kind !== 'u') {
        const long = value
        value = bytes.toString('utf8', at, at + long)
        at += long + 1
      }
    }
    if (names[code]) heard[names[code]] = value
  }
  return heard
}

/** The values at the beginning of a body, of the kinds `u`, `s` and `as`. */
function values(body, signature) {
  let at = 0
  const number = () => {
    at = even(at, 4) + 4
    return body.readUInt32LE(at - 4)
  }
  const text = () => {
    const long = number()
    at += long + 1
    return body.toString('utf8', at - long - 1, at - 1)
  }
  return signature.match(/as|[su]/g).map((kind) => {
    if (kind === 'u') return number()
    if (kind === 's') return text()
    const end = number() + at
    const out = []
    while (at < end) out.push(text())
    return out
  })
}
