//! The real server as a process of its own, and a client that speaks its wire.

use futures_util::{SinkExt, StreamExt};
use pep::domain::calendar::Moment;
use pep::domain::plan::DocumentName;
use pep::server::clock;
use pep::server::db::people::NewChild;
use pep::sync::document::{Document, Edit};
use pep::sync::protocol::{Frame, Message, PING, PONG};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message as Socket;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

const PEP: &str = env!("CARGO_BIN_EXE_pep");
/// Far longer than anything here takes: a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A fresh number for folders, ports and clients.
fn next() -> u64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A folder that is gone when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("pep-test-{}-{}", std::process::id(), next()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A folder with the demo authority in it, made once and copied.
    pub fn with_demo() -> Self {
        static DEMO: OnceLock<Vec<u8>> = OnceLock::new();
        let database = DEMO.get_or_init(|| {
            let folder = Folder::new();
            run(&["demo", "--data", folder.path()]);
            // A backup is one whole file, with nothing left in a journal beside it.
            let whole = folder.0.join("whole.db");
            run(&["backup", whole.to_str().unwrap(), "--data", folder.path()]);
            std::fs::read(whole).unwrap()
        });
        let folder = Self::new();
        std::fs::write(folder.0.join("pep.db"), database).unwrap();
        folder
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// What its server said of itself.
    pub fn log(&self) -> PathBuf {
        self.0.join("log")
    }
}

/// The address of an empty database on each engine that there is here. `make test` starts
/// a PostgreSQL.
pub async fn databases(folder: &Folder) -> Vec<String> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let mut all = vec![format!("sqlite://{}/own-{}.db?mode=rwc", folder.path(), next())];
    if let Ok(url) = std::env::var("PEP_TEST_POSTGRES") {
        let name = format!("own_{}_{}", std::process::id(), next());
        // Two that are made at once get in each other's way.
        let _one = ONE_AT_A_TIME.lock().await;
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(&url).await.unwrap();
        let make = AssertSqlSafe(format!("create database {name}"));
        sqlx::raw_sql(make).execute(&mut connection).await.unwrap();
        let (server, _) = url.rsplit_once('/').unwrap();
        all.push(format!("{server}/{name}"));
    }
    all
}

/// What a server does that ends then: nothing that it began goes on.
pub fn and_ends<T: Send, F: Future<Output = T>>(work: impl FnOnce() -> F + Send) -> T {
    let done = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work());
    std::thread::scope(|scope| scope.spawn(done).join().unwrap())
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A child in year 8 who has no school and no picture code yet.
pub fn new_child(name: &str) -> NewChild {
    NewChild {
        name: name.into(),
        full_name: format!("{name} Invented"),
        born: "2014-05-01".parse().unwrap(),
        school: None,
        year_group: "Year 8".into(),
        code_hash: None,
    }
}

/// Runs a command of `pep` to its end and answers what it printed.
pub fn run(arguments: &[&str]) -> String {
    let output = Command::new(PEP).args(arguments).output().unwrap();
    assert!(output.status.success(), "pep {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a command of `pep` that is told this on standard input, and answers whether it did
/// what it should.
pub fn tell(arguments: &[&str], input: &str) -> bool {
    let mut process = Command::new(PEP)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // One that has nothing to ask ends before it has read this.
    let _ = process.stdin.take().unwrap().write_all(input.as_bytes());
    process.wait().unwrap().success()
}

pub fn token(folder: &Path, email: &str) -> String {
    run(&["token", "--user", email, "--data", folder.to_str().unwrap()]).trim().to_string()
}

/// The first document of a section that a person may open, with what they may do.
pub fn document(folder: &Path, email: &str, section: &str, right: &str) -> DocumentName {
    let list = run(&["documents", "--user", email, "--data", folder.to_str().unwrap()]);
    let wanted = list
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(name, may)| name.ends_with(&format!("/{section}")) && *may == right);
    wanted.unwrap_or_else(|| panic!("{email} has no {section} to {right} in:\n{list}")).0.parse().unwrap()
}

/// From yesterday on, somebody is no longer in the team of a document's child.
pub fn end_part(folder: &Folder, name: &DocumentName, email: &str) {
    let plan = run(&["export", "--plan", &name.plan.to_string(), "--data", folder.path()]);
    let plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let child = plan["child"]["id"].as_str().unwrap();
    let yesterday = Moment(clock::now().0 - clock::DAY).day().to_string();
    run(&["user", "leave", "--email", email, "--child", child, "--until", &yesterday, "--data", folder.path()]);
}

/// A running server.
pub struct Server {
    process: Child,
    pub port: u16,
}

impl Server {
    pub fn start(folder: &Folder) -> Self {
        Self::start_with(folder, &[])
    }

    /// Starts with these settings in the environment.
    pub fn start_with(folder: &Folder, set: &[(&str, &str)]) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        Self::begin(folder, port, set)
    }

    pub fn start_at(folder: &Folder, port: u16) -> Self {
        Self::begin(folder, port, &[])
    }

    /// Starts and returns once the server says that it listens.
    fn begin(folder: &Folder, port: u16, set: &[(&str, &str)]) -> Self {
        let mut process = Command::new(PEP)
            .envs(set.iter().copied())
            // So that what it says can be searched.
            .env("NO_COLOR", "1")
            .args(["serve", "--data", folder.path(), "--addr", &format!("127.0.0.1:{port}")])
            .stdout(Stdio::piped())
            .stderr(std::fs::File::options().create(true).append(true).open(folder.log()).unwrap())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let listening = lines.any(|line| line.is_ok_and(|line| line.contains(&port.to_string())));
        assert!(listening, "the server ended before it listened");
        Self { process, port }
    }

    /// `kill -9`: no goodbye, no last write.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    pub fn is_alive(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One client with one section open.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub name: DocumentName,
    pub document: Document,
    pub by: String,
}

/// How opening a section ended.
pub enum Opened {
    Writes(Client),
    Reads(Client),
    Denied(String),
}

impl Opened {
    pub fn writes(self) -> Client {
        match self {
            Opened::Writes(client) => client,
            Opened::Reads(_) => panic!("may only read"),
            Opened::Denied(why) => panic!("denied: {why}"),
        }
    }
}

pub async fn socket(port: u16) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    socket_at(port, "").await
}

/// The same, with what a page says of itself.
pub async fn socket_at(port: u16, says: &str) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    timeout(PATIENCE, connect_async(format!("ws://127.0.0.1:{port}/sync{says}"))).await.unwrap().unwrap().0
}

/// A connection that takes little before it is read from.
async fn narrow_socket(port: u16) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let narrow = TcpSocket::new_v4().unwrap();
    narrow.set_recv_buffer_size(4096).unwrap();
    let stream = narrow.connect(([127, 0, 0, 1], port).into()).await.unwrap();
    let address = format!("ws://127.0.0.1:{port}/sync");
    timeout(PATIENCE, client_async(address, MaybeTlsStream::Plain(stream))).await.unwrap().unwrap().0
}

/// Connects and opens a section; on success the first sync is done.
pub async fn open(port: u16, name: &DocumentName, token: &str, by: &str) -> Opened {
    open_over(socket(port).await, name, token, by).await
}

/// The same over a connection that takes little before it is read from.
pub async fn open_narrowly(port: u16, name: &DocumentName, token: &str, by: &str) -> Opened {
    open_over(narrow_socket(port).await, name, token, by).await
}

pub async fn open_over(
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    name: &DocumentName,
    token: &str,
    by: &str,
) -> Opened {
    let document = Document::new(name.section.section(), 1_000_000 * u64::from(std::process::id()) + next());
    let mut client = Client { socket, name: name.clone(), document, by: by.into() };
    client.send(Message::Token(token.into())).await;
    let writes = match client.hear().await {
        Message::Allowed { writes } => writes,
        Message::Denied(why) => return Opened::Denied(why),
        other => panic!("{other:?}"),
    };
    client.sync().await;
    if writes { Opened::Writes(client) } else { Opened::Reads(client) }
}

impl Client {
    pub async fn send(&mut self, message: Message) {
        self.send_bytes(Frame::new(self.name.to_string(), message).written()).await;
    }

    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.socket.send(Socket::Binary(bytes.into())).await.unwrap();
    }

    /// The next message that isn't a sign of life.
    pub async fn hear(&mut self) -> Message {
        self.try_hear().await.expect("the server ended the connection")
    }

    /// The next message; nothing where the server ended the connection.
    pub async fn try_hear(&mut self) -> Option<Message> {
        loop {
            let next = timeout(PATIENCE, self.socket.next()).await.expect("the server said nothing");
            match next? {
                Ok(Socket::Binary(bytes)) if bytes.as_ref() == PING => self.send_bytes(PONG.to_vec()).await,
                Ok(Socket::Binary(bytes)) => return Some(Frame::read(&bytes).expect("a frame of ours").message),
                Ok(Socket::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// Ends the connection as a page does that is closed.
    pub async fn ends(&mut self) {
        self.socket.close(None).await.unwrap();
    }

    /// Asks for what the server has, and takes it.
    pub async fn sync(&mut self) {
        self.send(Message::Step1(self.document.state_vector())).await;
        loop {
            match self.hear().await {
                Message::Step2(update) => {
                    self.document.apply(&update).unwrap();
                }
                Message::Step1(_) => return,
                _ => {}
            }
        }
    }

    /// Makes an edit on this device alone.
    pub fn write(&mut self, edit: &Edit) -> Vec<u8> {
        let by = self.by.clone();
        self.document.edit(edit, &by, Moment(1_800_000_000_000)).unwrap()
    }

    /// Sends an update and waits for the answer to it: taken, or why not.
    pub async fn offer(&mut self, update: Vec<u8>) -> Result<(), String> {
        self.send(Message::Update(update)).await;
        let mut why = String::new();
        loop {
            match self.hear().await {
                Message::Status(true) => return Ok(()),
                Message::Status(false) => return Err(why),
                Message::Stateless(said) if said.contains("why") => why = said,
                Message::Update(update) | Message::Step2(update) => drop(self.document.apply(&update)),
                _ => {}
            }
        }
    }

    /// Takes updates until the section says what is awaited.
    pub async fn until(&mut self, awaited: impl Fn(&Document) -> bool) {
        while !awaited(&self.document) {
            if let Message::Update(update) = self.hear().await {
                self.document.apply(&update).unwrap();
            }
        }
    }
}

/// Adds text at the end of a field.
pub fn append(document: &Document, path: &str, words: &str) -> Edit {
    let at = document.values().text(path).encode_utf16().count() as u32;
    Edit::Splice { path: path.into(), at, delete: 0, insert: words.into() }
}
