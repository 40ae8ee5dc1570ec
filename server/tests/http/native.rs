//! The core as native programs run it, against the server over real connections.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use hnh_client::HostEvent;
use hnh_client::native::{NativeCore, NativeOptions, TokenStore};
use hnh_domain::account::SignInForm;
use hnh_domain::calls::{Conversation, GetSetting, ReadRoom, SetSetting, SignIn, SignOut, Submit, Type};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_domain::feeds::Change;
use hnh_domain::port::{Call, Json};
use hnh_domain::problem::{Problem, ProblemCode};
use hnh_domain::topic::Topic;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use uuid::Uuid;

use crate::sockets::{AT_ONCE, Running, running};
use crate::test_app::{PASSWORD, TestApp};

/// Sooner than a core asks by itself: what arrives within this came over the socket.
const SOON: Duration = Duration::from_secs(3);

struct Program {
    core: NativeCore,
    told: UnboundedReceiver<Topic>,
    _folder: tempfile::TempDir,
}

impl Program {
    fn start(server: &Running) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = NativeOptions {
            database: folder.path().join("hnh.db"),
            server: format!("http://{}", server.address),
            tokens: None,
        };
        let (tell, told) = unbounded_channel();
        let events = move |HostEvent::Changed(topic): HostEvent| {
            // The test may be over.
            let _ = tell.send(topic);
        };
        Self { core: NativeCore::start(options, events).unwrap(), told, _folder: folder }
    }

    async fn of(server: &Running, handle: &str) -> Self {
        let program = Self::start(server);
        let password = PASSWORD.parse().unwrap();
        let form = SignInForm { login: handle.into(), password, device: String::new(), token: false };
        program.call(SignIn { form }).await.unwrap();
        program
    }

    async fn call<C: Call>(&self, call: C) -> Result<C::Reply, Problem> {
        let reply = self.core.call(call.into_command()).await?;
        Json::<C::Reply>::written(reply).read()
    }

    async fn make(&self, change: ChatChange) {
        self.call(Submit { change: Json::of(&Change::from(change)).unwrap() }).await.unwrap();
    }

    /// Waits until the room is as wanted, looking again whenever something changed.
    async fn until(&mut self, room: Uuid, limit: Duration, wanted: impl Fn(&Conversation) -> bool) {
        let looked = async {
            loop {
                if self.call(ReadRoom { id: room }).await.is_ok_and(|talk| wanted(&talk)) {
                    return;
                }
                self.told.recv().await.unwrap();
            }
        };
        tokio::time::timeout(limit, looked).await.expect("the room becomes as wanted in time");
    }
}

#[tokio::test]
async fn a_message_arrives_over_the_socket_with_who_is_there_and_who_types() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let (mina, joon) = (server.app.person("mina").await, server.app.person("joon").await);
    let room = direct_room(mina.id, joon.id);
    server.app.change(&mina, ChatChange::OpenDirect { id: room, person: joon.id }).await.unwrap();
    for (id, who) in [(7, &mina), (8, &joon)] {
        let (id, text) = (Uuid::from_u128(id), "안녕".to_owned());
        let hello = ChatChange::Send { id, room, text, photo: None, card: None, reply_to: None };
        server.app.change(who, hello).await.unwrap();
    }
    let mut hers = Program::of(&server, "mina").await;
    let mut his = Program::of(&server, "joon").await;
    // Both sockets are open once each knows that the other is there.
    hers.until(room, Duration::from_secs(20), |talk| talk.here == [joon.id]).await;
    his.until(room, Duration::from_secs(20), |talk| talk.here == [mina.id]).await;

    his.call(Type { room }).await.unwrap();
    hers.until(room, SOON, |talk| talk.typing == [joon.id]).await;
    let text = "밥 먹자".to_owned();
    his.make(ChatChange::Send { id: Uuid::from_u128(1), room, text, photo: None, card: None, reply_to: None }).await;
    hers.until(room, SOON, |talk| talk.messages.iter().any(|message| message.text == "밥 먹자")).await;

    // Who leaves is seen to be gone.
    drop(his);
    hers.until(room, SOON, |talk| talk.here.is_empty()).await;
    drop(hers);
    server.stop.send(()).unwrap();
    server.stopped.await.unwrap();
}

/// A system's key store.
#[derive(Clone, Default)]
struct Keys(Arc<Mutex<Option<String>>>);

impl TokenStore for Keys {
    fn load(&self) -> Option<String> {
        self.0.lock().unwrap().clone()
    }

    fn keep(&self, token: Option<&str>) -> bool {
        *self.0.lock().unwrap() = token.map(str::to_owned);
        true
    }
}

#[tokio::test]
async fn the_token_is_in_the_key_store_alone_and_a_file_comes_with_the_session() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    server.app.person("mina").await;
    let (folder, keys) = (tempfile::tempdir().unwrap(), Keys::default());
    let start = || {
        let (database, server) = (folder.path().join("hnh.db"), format!("http://{}", server.address));
        let options = NativeOptions { database, server, tokens: Some(Box::new(keys.clone())) };
        NativeCore::start(options, |_| ()).unwrap()
    };
    let core = start();
    assert_eq!(core.download("/api/v1/account/export").await.unwrap_err().code, ProblemCode::SignInRequired);
    let password = PASSWORD.parse().unwrap();
    let form = SignInForm { login: "mina".into(), password, device: String::new(), token: false };
    core.call(SignIn { form }.into_command()).await.unwrap();
    let token = keys.load().unwrap();
    drop(core);

    let again = start();
    let export = again.download("/api/v1/account/export").await.unwrap();
    assert!(export.body.starts_with(b"PK"), "an archive");
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|part| part == token.as_bytes()), "the token is in a file");
    }
    again.call(SignOut { everywhere: false, discard: true }.into_command()).await.unwrap();
    assert_eq!(keys.load(), None);
    drop(again);
    server.stop.send(()).unwrap();
    server.stopped.await.unwrap();
}

#[tokio::test]
async fn calls_come_from_any_thread() {
    let server = running(TestApp::start().await, AT_ONCE).await;
    let program = Program::start(&server);
    let calls = (0..8).map(|number| {
        let core = program.core.clone();
        let call = SetSetting { key: format!("key-{number}"), value: Some(number.to_string()) };
        tokio::task::spawn_blocking(move || {
            tokio::runtime::Handle::current().block_on(core.call(call.into_command())).unwrap()
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    for number in 0..8 {
        let kept = program.call(GetSetting { key: format!("key-{number}") }).await.unwrap();
        assert_eq!(kept, Some(number.to_string()));
    }
}
