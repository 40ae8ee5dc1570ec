//! The suite of every host on native files, and what needs a clock that can be told to run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must say where")]

mod suite;

use std::rc::Rc;
use std::time::Duration;

use hnh_domain::account::SignInForm;
use hnh_domain::calls::SignIn;
use hnh_domain::port::Handle;
use hnh_domain::topic::Topic;
use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use suite::host::TestHost;

macro_rules! natively {
    ($($name:ident)*) => { $(
        #[tokio::test(flavor = "current_thread")]
        async fn $name() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("core.db");
            suite::$name(suite::Database::new(move || Connection::open(&file).unwrap())).await;
        }
    )* };
}
suite::each_test!(natively);

/// A person signs in; then each path that is asked is answered by nothing new.
fn signed_in() -> TestHost {
    TestHost::new(|request| {
        Ok(match request.path.as_str() {
            "/sessions" => json!({"account": {"id": Uuid::from_u128(1), "handle": "mina", "name": "mina",
                "email": "m@example.com", "email_verified": false, "role": "member"}, "token": "t"})
            .to_string(),
            _ => r#"{"entries":[],"next":0,"head":0}"#.to_owned(),
        })
    })
}

#[tokio::test(flavor = "current_thread", start_paused = true)]
async fn a_network_that_comes_back_unsaid_is_noticed_within_seconds() {
    let mut host = signed_in();
    host.sleep = |wait| Box::pin(tokio::time::sleep(wait));
    let core = Rc::new(host.core(Connection::open_in_memory().unwrap()));
    let form = SignInForm {
        login: "mina".into(),
        password: "otter-eats-13-barley".parse().unwrap(),
        device: String::new(),
        token: true,
    };
    core.handle(SignIn { form }).await.unwrap();
    let running = Rc::clone(&core);
    let local = tokio::task::LocalSet::new();
    local.spawn_local(async move { running.run().await });
    let seconds = |n| tokio::time::sleep(Duration::from_secs(n));
    local
        .run_until(async {
            seconds(20).await;
            host.up.set(false);
            seconds(600).await;
            // Whoever writes offline wakes the core, again and again: that is no failure of the server's.
            for _ in 0..6 {
                core.wake();
                seconds(1).await;
            }
            host.asked.borrow_mut().clear();
            host.topics.borrow_mut().clear();
            host.up.set(true);
            seconds(10).await;
            assert!(host.asked.borrow().len() > 1, "{:?}", host.asked.borrow());
            assert!(host.topics.borrow().contains(&Topic::Online));
        })
        .await;
}
