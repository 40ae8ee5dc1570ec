//! New versions while requests come in: none fails, and no reply mixes two.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::test_app::{Reply, TestApp};
use crate::tiny;

const VERSIONS: usize = 6;

/// The versions that a reply's records name: every English name ends with one.
fn versions_in(reply: &Reply) -> BTreeSet<&str> {
    let words = reply.text().split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn swapping_under_load_fails_no_request_and_mixes_no_reply() {
    let server = Arc::new(TestApp::start().await);
    let done = Arc::new(AtomicBool::new(false));
    let (answered, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(BTreeSet::new())));
    let searches = [
        "/api/v1/restaurants?lat=37.5663&lon=126.9779&diet=vegan",
        "/api/v1/restaurants?q=tofu&sort=name",
        "/api/v1/recipes?q=tofu&facets=true",
        "/api/v1/foods?q=tofu",
        "/api/v1/catalogue",
    ];
    let askers: Vec<_> = searches
        .into_iter()
        .map(|address| {
            let (server, done, answered, seen) = (server.clone(), done.clone(), answered.clone(), seen.clone());
            tokio::spawn(async move {
                while !done.load(Ordering::Relaxed) {
                    let reply = server.get(address).await;
                    assert_eq!(reply.status, 200, "{address}: {}", reply.text());
                    let served = reply.header("x-catalogue-version").to_owned();
                    assert_eq!(versions_in(&reply), BTreeSet::from([served.as_str()]), "{address} mixes versions");
                    seen.lock().unwrap().insert(served);
                    answered.fetch_add(1, Ordering::Relaxed);
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();

    let catalogue = server.folder.path().join("catalog");
    for version in 2..=VERSIONS {
        let builder = (catalogue.clone(), server.clone());
        let swapped = tokio::task::spawn_blocking(move || {
            let (catalogue, server) = builder;
            tiny::build(&catalogue, &format!("v{version}"));
            let swapped = server.state.catalogue.refresh().unwrap();
            // A builder removes old versions, while requests may still be answered from them.
            fs::remove_dir_all(catalogue.join(format!("versions/v{}", version - 1))).unwrap();
            swapped
        });
        assert!(swapped.await.unwrap());
        // Each version serves some requests before the next comes.
        let target = answered.load(Ordering::Relaxed) + 25;
        while answered.load(Ordering::Relaxed) < target && !askers.iter().any(|asker| asker.is_finished()) {
            tokio::task::yield_now().await;
        }
    }
    done.store(true, Ordering::Relaxed);
    for asker in askers {
        asker.await.unwrap();
    }
    assert!(seen.lock().unwrap().len() >= VERSIONS - 1, "few versions were seen: {:?}", seen.lock().unwrap());
}

#[tokio::test]
async fn a_version_that_cannot_be_opened_leaves_the_one_before() {
    let server = TestApp::start().await;
    let catalogue = server.folder.path().join("catalog");
    tiny::build(&catalogue, "v2");
    fs::write(catalogue.join("versions/v2/catalog.json"), "{").unwrap();
    assert!(server.state.catalogue.refresh().is_err());
    assert_eq!(server.get("/api/v1/foods").await.header("x-catalogue-version"), "v1");
    for name in ["nowhere", "../v1", ""] {
        tiny::point_at(&catalogue, name);
        assert!(server.state.catalogue.refresh().is_err(), "{name}");
    }
    assert_eq!(server.get("/readyz").await.status, 200);
    // A failure is told once, however often it is looked for.
    for _ in 0..3 {
        server.state.refresh_catalogue();
    }
    assert!(server.get("/metrics").await.text().contains("hnh_catalogue_failures_total 1\n"));
    tiny::build(&catalogue, "v3");
    server.state.refresh_catalogue();
    assert_eq!(server.get("/api/v1/foods").await.header("x-catalogue-version"), "v3");
}
