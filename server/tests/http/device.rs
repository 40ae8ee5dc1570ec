//! A device: the real client's core against the whole router, in process. Its network can be away, and lose replies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method as HttpMethod, Request as HttpRequest, header};
use hnh_client::{Body as SentBody, Core, Host, HostEvent, Request, Socket, interpret};
use hnh_domain::account::SignInForm;
use hnh_domain::calls::{Conversation, GetSync, ListPending, Pending, ReadRoom, SignIn, Submit, SyncState};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Call, Handle, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use http_body_util::BodyExt;
use rusqlite::Connection;
use tokio::sync::Notify;
use tower::ServiceExt;
use uuid::Uuid;

use crate::test_app::{NOW_MS, PASSWORD, TestApp};

/// What a test does to a device's network and clock.
#[derive(Clone)]
pub(crate) struct DeviceHost {
    router: Router,
    /// Whether there is a network.
    pub(crate) up: Rc<Cell<bool>>,
    /// The next reply is lost on its way, after the server did its work.
    pub(crate) lose_reply: Rc<Cell<bool>>,
    /// What stands between device and server and refuses requests by their body.
    pub(crate) guard: Rc<RefCell<Option<Guard>>>,
    /// The next page of a feed waits on its way back until it is let through.
    pub(crate) held: Rc<RefCell<Option<Rc<Notify>>>>,
    /// What was told, in its order.
    pub(crate) topics: Rc<RefCell<Vec<Topic>>>,
    pub(crate) now_ms: Rc<Cell<i64>>,
    chance: Rc<Cell<u64>>,
}

/// A guard answers with a status and a text, or lets a request pass.
pub(crate) type Guard = Box<dyn Fn(&Request) -> Option<(u16, String)>>;

/// A socket that never opens: over one, see `native.rs`.
pub(crate) enum NoSocket {}

impl Socket for NoSocket {
    fn send(&mut self, _text: String) {
        match *self {}
    }

    async fn next(&mut self) -> Option<String> {
        match *self {}
    }
}

impl Host for DeviceHost {
    const COOKIES: bool = false;

    type Socket = NoSocket;

    fn now_ms(&self) -> i64 {
        self.now_ms.replace(self.now_ms.get() + 1)
    }

    fn random(&self) -> [u8; 10] {
        let next = self.chance.get() + 1;
        self.chance.set(next);
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&next.to_be_bytes());
        bytes
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }

    fn emit(&self, HostEvent::Changed(topic): HostEvent) {
        self.topics.borrow_mut().push(topic);
    }

    fn keeps(&self) -> bool {
        true
    }

    async fn send(&self, request: Request) -> Result<String, Problem> {
        if !self.up.get() {
            return Err(Problem::new(ProblemCode::Offline));
        }
        if let Some((status, text)) = self.guard.borrow().as_ref().and_then(|guard| guard(&request)) {
            return interpret(status, text);
        }
        let is_page = request.path.starts_with("/feeds/");
        let method = HttpMethod::from_bytes(request.method.name().as_bytes()).unwrap();
        let mut sent = HttpRequest::builder().method(method).uri(format!("/api/v1{}", request.path));
        if let Some(token) = request.token {
            sent = sent.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(body) = &request.body {
            sent = sent.header(header::CONTENT_TYPE, body.content_type());
        }
        let sent = sent.body(Body::from(request.body.map(SentBody::into_bytes).unwrap_or_default())).unwrap();
        let (parts, body) = self.router.clone().oneshot(sent).await.unwrap().into_parts();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        if self.lose_reply.replace(false) {
            return Err(Problem::new(ProblemCode::Offline));
        }
        let held = if is_page { self.held.take() } else { None };
        if let Some(held) = held {
            held.notified().await;
        }
        interpret(parts.status.as_u16(), body)
    }

    async fn connect(&self, _token: Option<String>) -> Result<NoSocket, Problem> {
        Err(Problem::new(ProblemCode::Offline))
    }
}

/// A device with its core.
pub(crate) struct Device {
    pub(crate) core: Core<DeviceHost>,
    pub(crate) host: DeviceHost,
}

impl Device {
    /// A new device, in memory.
    pub(crate) fn new(server: &TestApp) -> Self {
        Self::on(server, Connection::open_in_memory().unwrap())
    }

    /// A device on a database, which another may have left.
    pub(crate) fn on(server: &TestApp, connection: Connection) -> Self {
        let host = DeviceHost {
            router: server.router.clone(),
            up: Rc::new(Cell::new(true)),
            lose_reply: Rc::default(),
            guard: Rc::default(),
            held: Rc::default(),
            topics: Rc::default(),
            now_ms: Rc::new(Cell::new(NOW_MS)),
            // Devices differ in chance as they do in life.
            chance: Rc::new(Cell::new(Uuid::now_v7().as_u64_pair().1)),
        };
        Self { core: Core::open(connection, host.clone()).unwrap(), host }
    }

    /// A new device of somebody who has an account.
    pub(crate) async fn of(server: &TestApp, handle: &str) -> Self {
        let device = Self::new(server);
        device.sign_in(handle).await.unwrap();
        device
    }

    pub(crate) async fn sign_in(&self, handle: &str) -> Result<(), Problem> {
        let password = PASSWORD.parse().unwrap();
        let form = SignInForm { login: handle.into(), password, device: String::new(), token: false };
        self.core.handle(SignIn { form }).await.map(drop)
    }

    /// Asks the core.
    pub(crate) async fn call<C: Call>(&self, call: C) -> Result<C::Reply, Problem>
    where
        Core<DeviceHost>: Handle<C>,
    {
        self.core.handle(call).await?.read()
    }

    /// Makes a change.
    pub(crate) async fn make(&self, change: impl Into<Change>) {
        self.call(Submit { change: Json::of(&change.into()).unwrap() }).await.unwrap();
    }

    pub(crate) async fn state(&self) -> SyncState {
        self.call(GetSync {}).await.unwrap()
    }

    pub(crate) async fn pending(&self) -> Vec<Pending> {
        self.call(ListPending {}).await.unwrap()
    }

    pub(crate) async fn room(&self, id: Uuid) -> Conversation {
        self.call(ReadRoom { id }).await.unwrap()
    }

    /// Loses the network, or has it back.
    pub(crate) fn set_up(&self, up: bool) {
        self.host.up.set(up);
    }
}
