//! A host for tests: a clock that is set, a server that is a function of the request, no sockets.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use hnh_client::{Core, Host, HostEvent, Request, Socket};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use rusqlite::Connection;

type Sleep = fn(Duration) -> Pin<Box<dyn Future<Output = ()>>>;
type Server = dyn Fn(&Request) -> Result<String, Problem>;

/// What a test sees of the host.
#[derive(Clone)]
pub(crate) struct TestHost {
    /// Whether there is a network.
    pub(crate) up: Rc<Cell<bool>>,
    /// What was told, in its order.
    pub(crate) topics: Rc<RefCell<Vec<Topic>>>,
    /// The paths that were asked for.
    pub(crate) asked: Rc<RefCell<Vec<String>>>,
    /// How it sleeps: for ever, until another way is set.
    pub(crate) sleep: Sleep,
    now_ms: Rc<Cell<i64>>,
    server: Rc<Server>,
}

impl TestHost {
    /// A host whose server answers as the function does.
    pub(crate) fn new(server: impl Fn(&Request) -> Result<String, Problem> + 'static) -> Self {
        Self {
            up: Rc::new(Cell::new(true)),
            topics: Rc::default(),
            asked: Rc::default(),
            sleep: |_| Box::pin(std::future::pending()),
            now_ms: Rc::new(Cell::new(1_000)),
            server: Rc::new(server),
        }
    }

    /// A core on this host.
    pub(crate) fn core(&self, connection: Connection) -> Core<Self> {
        Core::open(connection, self.clone()).unwrap()
    }
}

/// A socket that never opens.
pub(crate) enum NoSocket {}

impl Socket for NoSocket {
    fn send(&mut self, _text: String) {
        match *self {}
    }

    async fn next(&mut self) -> Option<String> {
        match *self {}
    }
}

impl Host for TestHost {
    const COOKIES: bool = false;

    type Socket = NoSocket;

    fn now_ms(&self) -> i64 {
        // Each moment is later than the one before, as ids and orders need it.
        self.now_ms.replace(self.now_ms.get() + 1)
    }

    fn random(&self) -> [u8; 10] {
        [7; 10]
    }

    async fn sleep(&self, wait: Duration) {
        (self.sleep)(wait).await;
    }

    fn emit(&self, HostEvent::Changed(topic): HostEvent) {
        self.topics.borrow_mut().push(topic);
    }

    fn keeps(&self) -> bool {
        true
    }

    async fn send(&self, request: Request) -> Result<String, Problem> {
        self.asked.borrow_mut().push(request.path.clone());
        if !self.up.get() {
            return Err(Problem::new(ProblemCode::Offline));
        }
        (self.server)(&request)
    }

    async fn connect(&self, _token: Option<String>) -> Result<NoSocket, Problem> {
        Err(Problem::new(ProblemCode::Offline))
    }
}
