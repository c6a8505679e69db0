//! A browser's way in, and everyone else's way out. Requests are written by hand: a client library would correct them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use ybz_app::{DatabaseKey, OpenOptions, host};

use super::*;

struct Running {
    address: SocketAddr,
    entrance: Arc<Entrance>,
    _task: tokio::task::JoinSet<()>,
    _dir: TempDir,
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl Running {
    async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let options = OpenOptions {
            data: dir.path().join("data"),
            key: DatabaseKey::from_bytes([7; 32]),
            create: true,
            boot: dir.path().join("boot"),
            clock: host::system_clock,
            random: host::system_random,
        };
        let node = Node::open(options).expect("the folder is new");
        let bridge = Bridge::listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let (address, entrance) = (bridge.listener.local_addr().unwrap(), bridge.entrance.clone());
        let mut task = tokio::task::JoinSet::new();
        task.spawn(async move { bridge.run(node).await.unwrap() });
        Self { address, entrance, _task: task, _dir: dir }
    }

    /// Sends a request with these lines after the first one; `HOST` stands for the right host.
    async fn send(&self, first: &str, lines: &[&str], body: &str) -> Answer {
        let mut text = format!("{first} HTTP/1.1\r\nConnection: close\r\n");
        for line in lines {
            text.push_str(&format!("{}\r\n", line.replace("HOST", &self.address.to_string())));
        }
        text.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // The node may answer and hang up before it has read everything.
        let _ = stream.write_all(text.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        Answer::parse(&String::from_utf8_lossy(&answer))
    }

    /// Comes in with a fresh token; the cookie as the browser sends it.
    async fn come_in(&self) -> String {
        let url = self.entrance.mint();
        let path = url.strip_prefix(&format!("http://{}", self.address)).unwrap();
        let answer = self.send(&format!("GET {path}"), &["Host: HOST"], "").await;
        assert_eq!((answer.status, answer.header("location")), (303, "/"));
        let cookie = answer.header("set-cookie");
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
        format!("Cookie: other=1; {}", cookie.split(';').next().unwrap())
    }

    async fn call(&self, lines: &[&str], call: &Value) -> Answer {
        let mut all = vec!["Content-Type: application/json"];
        all.extend(lines);
        self.send("POST /rpc", &all, &call.to_string()).await
    }
}

impl Answer {
    fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self { status, headers: lines.filter_map(header).collect(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

fn overview() -> Value {
    json!({"name": "node.overview", "office": null, "input": {}})
}

#[tokio::test]
async fn a_token_lets_one_browser_in_and_its_cookie_keeps_it_in() {
    let running = Running::start().await;
    let url = running.entrance.mint();
    let path = url.strip_prefix(&format!("http://{}", running.address)).unwrap();
    let first = running.send(&format!("GET {path}"), &["Host: HOST"], "").await;
    assert_eq!(first.status, 303);
    let again = running.send(&format!("GET {path}"), &["Host: HOST"], "").await;
    assert_eq!(again.status, 403, "a token is good once");
    assert!(again.body.contains("ybz ui-url"), "the person is told what to do");

    let cookie = running.come_in().await;
    let page = running.send("GET /", &["Host: HOST", &cookie], "").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), "no-cache");
    let screen = running.send("GET /visits/new", &["Host: HOST", &cookie], "").await;
    assert_eq!(screen.body, page.body, "a screen's path is the page");
    let reload = running.send(&format!("GET {path}"), &["Host: HOST", &cookie], "").await;
    assert_eq!(reload.status, 303, "who is in may open an old address");
    assert!(!reload.headers.contains_key("set-cookie"));

    let answer = running.call(&["Host: HOST", "Origin: http://HOST", &cookie], &overview()).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    assert_eq!(answer.json()["ok"]["offices"], json!([]));
}

#[tokio::test]
async fn without_a_token_nothing_is_shown() {
    let running = Running::start().await;
    let port = running.address.port();
    let wrong = format!("Cookie: ybz-{port}={}", "0".repeat(64));
    let wrong_token = format!("GET /?token={}", "0".repeat(64));
    for (first, cookie) in
        [("GET /", "X: y"), ("GET /index.html", "X: y"), ("GET /", wrong.as_str()), (wrong_token.as_str(), "X: y")]
    {
        assert_eq!(running.send(first, &["Host: HOST", cookie], "").await.status, 403, "{first} {cookie}");
    }
    let answer = running.call(&["Host: HOST", "Origin: http://HOST"], &overview()).await;
    assert_eq!((answer.status, answer.json()["err"]["code"].as_str()), (403, Some("not_allowed")));
}

#[tokio::test]
async fn a_page_of_another_origin_or_name_gets_nothing() {
    let running = Running::start().await;
    let cookie = running.come_in().await;
    let port = running.address.port();
    let rebound = format!("Host: rebound.example:{port}");
    let rebound_origin = format!("Origin: http://rebound.example:{port}");
    let cases: [&[&str]; 7] = [
        &["Host: HOST", "Origin: http://evil.example", &cookie],
        &["Host: HOST", "Origin: null", &cookie],
        &["Host: HOST", "Origin: https://HOST", &cookie],
        &["Host: HOST", &cookie],
        &[&rebound, &rebound_origin, &cookie],
        &["Host: HOST", &rebound, "Origin: http://HOST", &cookie],
        &["Host: HOST", "Origin: http://HOST", "Origin: http://evil.example", &cookie],
    ];
    for lines in cases {
        let answer = running.call(lines, &overview()).await;
        assert!(matches!(answer.status, 400 | 403), "{lines:?} {}", answer.status);
        assert!(!answer.body.contains("\"ok\""), "{lines:?}");
    }
    let token = running.entrance.mint();
    let path = token.strip_prefix(&format!("http://{}", running.address)).unwrap();
    assert_eq!(running.send(&format!("GET {path}"), &[&rebound], "").await.status, 403);
    assert_eq!(running.send(&format!("GET {path}"), &["Host: HOST"], "").await.status, 303, "that did not use it up");
}

#[tokio::test]
async fn a_request_above_the_limit_is_refused() {
    let running = Running::start().await;
    let cookie = running.come_in().await;
    let announced = format!("Content-Length: {}", BODY + 1);
    let lines = ["Host: HOST", "Origin: http://HOST", "Content-Type: application/json", &cookie, &announced];
    let mut text = "POST /rpc HTTP/1.1\r\nConnection: close\r\n".to_owned();
    for line in lines {
        text.push_str(&format!("{}\r\n", line.replace("HOST", &running.address.to_string())));
    }
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(format!("{text}\r\n").as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = Answer::parse(&String::from_utf8_lossy(&answer));
    assert_eq!((answer.status, answer.json()["err"]["code"].as_str()), (413, Some("file_too_large")));
}

#[tokio::test]
async fn only_calls_of_the_screens_are_forwarded() {
    let running = Running::start().await;
    let cookie = running.come_in().await;
    let lines = ["Host: HOST", "Origin: http://HOST", cookie.as_str()];
    let answer = running.call(&lines, &json!({"name": "no.such"})).await;
    assert_eq!((answer.status, answer.json()["err"]["code"].as_str()), (200, Some("not_found")));
    let answer = running.call(&lines, &json!({"name": "node.unlock", "input": {"passphrase": "x"}})).await;
    assert_eq!(answer.json()["err"]["code"].as_str(), Some("not_found"), "only a window opens locked books");
    let answer = running.call(&lines, &json!({"name": "key.status"})).await;
    assert_eq!(answer.json()["err"]["code"].as_str(), None, "{}", answer.body);
    let answer = running.call(&lines, &json!("no call")).await;
    assert_eq!((answer.status, answer.json()["err"]["code"].as_str()), (422, Some("invalid_input")));
    let form = running.send("POST /rpc", &lines, &overview().to_string()).await;
    assert_eq!(form.status, 415, "a form of another page cannot be a call");
    assert_eq!(running.send("GET /rpc", &lines, "").await.status, 405);
    assert_eq!(running.send("GET /../../Cargo.toml", &lines, "").await.status, 404);
    assert_eq!(running.send("GET /assets/none.js", &lines, "").await.status, 404);
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let running = Running::start().await;
    let cookie = running.come_in().await;
    for answer in [
        running.send("GET /", &["Host: HOST", &cookie], "").await,
        running.send("GET /", &["Host: HOST"], "").await,
        running.call(&["Host: HOST", "Origin: http://HOST", &cookie], &overview()).await,
    ] {
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'self'; style-src 'self' 'unsafe-inline'")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn other_machines_are_never_listened_to() {
    for address in ["0.0.0.0:0", "[::]:0"] {
        let error = Bridge::listen(address.parse().unwrap()).await.err().expect(address);
        assert_eq!(error.code, "not_allowed");
    }
}

#[tokio::test]
async fn each_browser_is_a_seat_of_its_own_and_waits_for_a_pin() {
    let running = Running::start().await;
    let (one, other) = (running.come_in().await, running.come_in().await);
    let call = |cookie: &str, name: &str, input: Value| {
        let lines = ["Host: HOST".to_owned(), "Origin: http://HOST".to_owned(), cookie.to_owned()];
        let call = json!({"name": name, "office": null, "input": input});
        let running = &running;
        async move { running.call(&lines.each_ref().map(String::as_str), &call).await.json() }
    };
    let saved = call(&one, "profile.save", json!({"name": "王甲一", "pin": "2468"})).await;
    assert_eq!(saved["err"]["code"], "locked", "it is saved, and asks for the PIN from now on: {saved}");
    let known = call(&one, "profile.list", json!({})).await;
    let id = known["ok"]["profiles"][0]["id"].clone();
    assert!(known["ok"]["locked"] == true && id.is_string(), "{known}");
    assert!(call(&one, "profile.choose", json!({"id": id, "pin": "2468"})).await["ok"].is_object());
    assert!(call(&one, "node.overview", json!({})).await["ok"].is_object());
    assert_eq!(call(&other, "node.overview", json!({})).await["err"]["code"], "locked");
    assert!(call(&one, "profile.lock", json!({})).await["ok"].is_object());
    assert_eq!(call(&one, "node.overview", json!({})).await["err"]["code"], "locked");
}
