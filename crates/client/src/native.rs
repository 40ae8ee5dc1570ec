//! The core on a thread of its own, for programs that are not a browser: calls come from any thread.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use futures_util::{SinkExt, StreamExt};
use hnh_domain::calls::Command;
use hnh_domain::problem::{Problem, ProblemCode};
use rusqlite::Connection;
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{LocalSet, spawn_local};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::host::{Host, HostEvent, Request, Socket, TIME_LIMIT, interpret};
use crate::store::storage_error;
use crate::{Core, Method, dispatch};

/// Where the system keeps secrets, beside the database.
pub trait TokenStore: Send {
    /// The token that is kept for this server.
    fn load(&self) -> Option<String>;

    /// Keeps a token in place of the last one, or takes it away; whether that was done.
    fn keep(&self, token: Option<&str>) -> bool;
}

/// Where a native core keeps its data, and whom it talks to.
pub struct NativeOptions {
    /// The database's file; its folder exists.
    pub database: PathBuf,
    /// The server, such as `https://hnh.example`, without a slash at the end.
    pub server: String,
    /// Where the session's token is kept; in the database without one.
    pub tokens: Option<Box<dyn TokenStore>>,
}

type Reply = oneshot::Sender<Result<String, Problem>>;

/// A file that the server has.
#[derive(Clone, Debug)]
pub struct Download {
    /// Its media type, such as `image/webp`.
    pub content_type: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// The longest file that is taken, in bytes: photos and an account's export are far shorter.
const MAX_DOWNLOAD: usize = 64 << 20;

enum Ask {
    Call(Box<Command>, Reply),
    Download(String, oneshot::Sender<Result<Download, Problem>>),
    Wake,
}

/// A running core. Dropping it ends its thread once what was asked is answered.
#[derive(Clone, Debug)]
pub struct NativeCore {
    asks: mpsc::UnboundedSender<Ask>,
}

impl NativeCore {
    /// Opens the database and starts the core; `events` is called on its thread.
    ///
    /// # Errors
    /// When the database cannot be opened or is from a newer version of the program.
    pub fn start(options: NativeOptions, events: impl Fn(HostEvent) + Send + 'static) -> Result<Self, Problem> {
        // Fails only when the program has one already, which then serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let (asks, asked) = mpsc::unbounded_channel();
        let (opened, outcome) = std::sync::mpsc::channel();
        let client = http_client()?;
        let run = move || {
            let host = NativeHost {
                client,
                server: options.server,
                tokens: options.tokens,
                token: RefCell::default(),
                events: Box::new(events),
            };
            let core = open(&options.database).and_then(|connection| Core::open(connection, host));
            let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(storage_error);
            match (core, runtime) {
                (Ok(core), Ok(runtime)) => {
                    // Whoever starts the core waits for this word.
                    let _ = opened.send(Ok(()));
                    LocalSet::new().block_on(&runtime, serve(Rc::new(core), asked));
                }
                (Err(problem), _) | (_, Err(problem)) => drop(opened.send(Err(problem))),
            }
        };
        thread::Builder::new().name("hnh-core".into()).spawn(run).map_err(storage_error)?;
        outcome.recv().map_err(storage_error)??;
        Ok(Self { asks })
    }

    /// Has the core answer a command; the reply as JSON.
    ///
    /// # Errors
    /// The core's problem; `Internal` when it broke over this command.
    pub async fn call(&self, command: Command) -> Result<String, Problem> {
        let gone = || Problem::new(ProblemCode::Internal);
        let (reply, answer) = oneshot::channel();
        self.asks.send(Ask::Call(Box::new(command), reply)).map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Fetches a file from the server as the person who is signed in; `path` begins with `/api/`.
    ///
    /// # Errors
    /// `Offline` when nothing answers in time, `TooLarge` beyond 64 MiB, else the server's own problem.
    pub async fn download(&self, path: &str) -> Result<Download, Problem> {
        let gone = || Problem::new(ProblemCode::Internal);
        let (reply, answer) = oneshot::channel();
        self.asks.send(Ask::Download(path.to_owned(), reply)).map_err(|_| gone())?;
        answer.await.unwrap_or_else(|_| Err(gone()))
    }

    /// Has the core ask the server at once, as when the network came back.
    pub fn wake(&self) {
        // A core that ended needs no waking.
        let _ = self.asks.send(Ask::Wake);
    }
}

/// A client that trusts what the system trusts. A system without any certificates reaches servers without HTTPS alone.
fn http_client() -> Result<reqwest::Client, Problem> {
    let built = reqwest::Client::builder().build();
    built.or_else(|_| reqwest::Client::builder().tls_certs_only([]).build()).map_err(storage_error)
}

fn open(file: &PathBuf) -> Result<Connection, Problem> {
    let connection = Connection::open(file).map_err(storage_error)?;
    // What was acknowledged survives a power cut; readers do not wait for the writer.
    connection.pragma_update(None, "journal_mode", "WAL").map_err(storage_error)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(storage_error)?;
    Ok(connection)
}

async fn serve(core: Rc<Core<NativeHost>>, mut asked: mpsc::UnboundedReceiver<Ask>) {
    let running = Rc::clone(&core);
    let running = spawn_local(async move { running.run().await });
    while let Some(ask) = asked.recv().await {
        match ask {
            Ask::Wake => core.wake(),
            Ask::Download(path, reply) => {
                let core = Rc::clone(&core);
                spawn_local(async move { reply.send(core.download(&path).await) });
            }
            // A command that breaks drops its reply, which tells the asker; the others go on.
            Ask::Call(command, reply) => {
                let core = Rc::clone(&core);
                spawn_local(async move { reply.send(dispatch(&*core, *command).await) });
            }
        }
    }
    running.abort();
}

impl Core<NativeHost> {
    async fn download(&self, path: &str) -> Result<Download, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let mut sent = self.host.client.get(format!("{}{path}", self.host.server)).timeout(TIME_LIMIT);
        if let Some(token) = self.session_token()? {
            sent = sent.bearer_auth(token);
        }
        let mut reply = sent.send().await.map_err(offline)?;
        let status = reply.status();
        if !status.is_success() {
            let refused = interpret(status.as_u16(), reply.text().await.map_err(offline)?);
            return Err(refused.err().unwrap_or_else(|| Problem::new(ProblemCode::Internal)));
        }
        let content_type = reply.headers().get(reqwest::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or("application/octet-stream").to_owned();
        let mut body = Vec::new();
        while let Some(part) = reply.chunk().await.map_err(offline)? {
            if body.len() + part.len() > MAX_DOWNLOAD {
                return Err(Problem::new(ProblemCode::TooLarge));
            }
            body.extend_from_slice(&part);
        }
        Ok(Download { content_type, body })
    }
}

struct NativeHost {
    client: reqwest::Client,
    server: String,
    tokens: Option<Box<dyn TokenStore>>,
    /// What the store answered, which is asked once.
    token: RefCell<Option<Option<String>>>,
    events: Box<dyn Fn(HostEvent)>,
}

impl Host for NativeHost {
    const COOKIES: bool = false;

    type Socket = NativeSocket;

    #[expect(clippy::disallowed_methods, reason = "the host's clock is the system's")]
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    fn random(&self) -> [u8; 10] {
        let (bytes, mut random) = (uuid::Uuid::new_v4().into_bytes(), [0; 10]);
        // Bytes 6 and 8 of such an id are not all chance.
        random[..6].copy_from_slice(&bytes[..6]);
        random[6..].copy_from_slice(&bytes[9..13]);
        random
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    fn emit(&self, event: HostEvent) {
        (self.events)(event);
    }

    fn keeps(&self) -> bool {
        true
    }

    fn keep_token(&self, token: Option<&str>) -> bool {
        let kept = self.tokens.as_ref().is_some_and(|tokens| tokens.keep(token));
        *self.token.borrow_mut() = kept.then(|| token.map(str::to_owned));
        kept
    }

    fn kept_token(&self) -> Option<String> {
        let ask = || self.tokens.as_ref().and_then(|tokens| tokens.load());
        self.token.borrow_mut().get_or_insert_with(ask).clone()
    }

    async fn send(&self, request: Request) -> Result<String, Problem> {
        let offline = |_| Problem::new(ProblemCode::Offline);
        let address = format!("{}/api/v1{}", self.server, request.path);
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut sent = self.client.request(method, address).timeout(request.limit());
        if let Some(token) = request.token {
            sent = sent.bearer_auth(token);
        }
        if let Some(body) = request.body {
            sent = sent.header(reqwest::header::CONTENT_TYPE, body.content_type()).body(body.into_bytes());
        }
        let reply = sent.send().await.map_err(offline)?;
        let status = reply.status().as_u16();
        interpret(status, reply.text().await.map_err(offline)?)
    }

    async fn connect(&self, token: Option<String>) -> Result<NativeSocket, Problem> {
        let offline = || Problem::new(ProblemCode::Offline);
        let address = format!("{}/api/v1/live", self.server.replacen("http", "ws", 1));
        let mut request = address.into_client_request().map_err(|_| offline())?;
        if let Some(token) = token {
            let bearer = format!("Bearer {token}").parse().map_err(|_| offline())?;
            request.headers_mut().insert("authorization", bearer);
        }
        let opening = tokio::time::timeout(TIME_LIMIT, connect_async(request)).await;
        let (socket, _) = opening.map_err(|_| offline())?.map_err(|_| offline())?;
        let (mut out, heard) = socket.split();
        let (say, mut to_say) = mpsc::unbounded_channel::<String>();
        let saying = spawn_local(async move {
            while let Some(text) = to_say.recv().await {
                if out.send(Message::Text(text.into())).await.is_err() {
                    return;
                }
            }
        });
        Ok(NativeSocket { say, heard, saying: saying.abort_handle() })
    }
}

struct NativeSocket {
    say: mpsc::UnboundedSender<String>,
    heard: futures_util::stream::SplitStream<WebSocketStream<MaybeTlsStream<TcpStream>>>,
    saying: tokio::task::AbortHandle,
}

impl Socket for NativeSocket {
    fn send(&mut self, text: String) {
        // What cannot be said any more is told by the end of what is heard.
        let _ = self.say.send(text);
    }

    async fn next(&mut self) -> Option<String> {
        loop {
            match self.heard.next().await?.ok()? {
                Message::Text(text) => return Some(text.as_str().to_owned()),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }
}

impl Drop for NativeSocket {
    fn drop(&mut self) {
        self.saying.abort();
    }
}
