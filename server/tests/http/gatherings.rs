//! Meals with others: seats, waiting, answers, calendars, reminders, references.

use axum::http::{StatusCode, header};
use hnh_domain::account::{AccountChange, ProfileDraft, ProfilePart, Spoken};
use hnh_domain::board::{Board, BoardChange, GatheringDraft, PostDraft};
use hnh_domain::label::Diet;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{NOW_MS, Someone, TestApp};

const HOUR_MS: i64 = 3_600_000;
const MEAL: Uuid = Uuid::from_u128(1);

async fn venue(server: &TestApp) -> Uuid {
    let found = server.get("/api/v1/restaurants?lat=37.5663&lon=126.9779&limit=1").await.json();
    found["items"][0]["place"]["id"].as_str().unwrap().parse().unwrap()
}

async fn invite(server: &TestApp, seats: u32, needs_approval: bool, version: i64) -> BoardChange {
    let gathering = GatheringDraft {
        starts_ms: NOW_MS + 24 * HOUR_MS,
        minutes: 90,
        venue: Some(venue(server).await),
        address: String::new(),
        seats,
        diets: vec![Diet::Vegan].into(),
        needs_approval,
    };
    let draft = PostDraft { title: "두부 먹어요".into(), gathering: Some(gathering), ..PostDraft::default() };
    BoardChange::WritePost { id: MEAL, board: Board::Buddy, draft: Box::new(draft), version }
}

fn join() -> BoardChange {
    BoardChange::Join { post: MEAL, note: "채식해요".into() }
}

fn answer(person: &Someone, accept: bool) -> BoardChange {
    BoardChange::Answer { post: MEAL, person: person.id, accept }
}

async fn state(server: &TestApp, who: &Someone) -> Value {
    server.get_as(who, &format!("/api/v1/posts/{MEAL}")).await.json()["post"]["gathering"].clone()
}

#[tokio::test]
async fn a_free_seat_is_given_and_the_waiting_list_moves_up_by_itself() {
    for server in TestApp::on_each().await {
        let (host, one) = (server.person("host").await, server.person("one").await);
        let (two, three) = (server.person("two").await, server.person("three").await);
        server.change(&host, invite(&server, 1, false, 0).await).await.unwrap();
        for who in [&one, &two, &three, &three] {
            server.change(who, join()).await.unwrap();
        }
        assert_eq!(state(&server, &one).await["mine"], "seated");
        let waits = state(&server, &two).await;
        assert_eq!((&waits["left"], &waits["waiting"], &waits["mine"]), (&json!(0), &json!(2), &json!("waiting")));
        assert_eq!((&waits["turn"], &state(&server, &three).await["turn"]), (&json!(1), &json!(2)));
        assert_eq!(waits.get("room"), None, "who waits is not in the chat");
        assert_eq!(waits.get("seats"), None, "and does not see who comes");
        assert_eq!(server.change(&host, join()).await.unwrap_err()["code"], "own-gathering");

        server.change(&one, BoardChange::Leave { post: MEAL }).await.unwrap();
        assert_eq!(state(&server, &two).await["mine"], "seated", "the first who waits");
        assert_eq!(state(&server, &three).await["mine"], "waiting");
        assert_eq!(server.notices(&two).await, ["moved_up"]);
        assert_eq!(server.notices(&host).await, ["asked", "asked", "asked", "left"]);
        // More seats: the next moves up.
        server.change(&host, invite(&server, 2, false, 1).await).await.unwrap();
        assert_eq!(state(&server, &three).await["mine"], "seated");
        let fewer = server.change(&host, invite(&server, 1, false, 2).await).await.unwrap_err();
        assert_eq!(fewer["code"], "fewer-seats");
    }
}

#[tokio::test]
async fn a_host_who_is_asked_decides_and_the_accepted_share_a_chat() {
    for server in TestApp::on_each().await {
        let (host, one, two) = (server.person("host").await, server.person("one").await, server.person("two").await);
        server.change(&host, invite(&server, 1, true, 0).await).await.unwrap();
        server.change(&one, join()).await.unwrap();
        server.change(&two, join()).await.unwrap();
        assert_eq!(state(&server, &one).await["mine"], "asked");
        let seen = state(&server, &host).await;
        assert_eq!(seen["seats"][0]["note"], "채식해요");
        assert_eq!(server.change(&one, answer(&one, true)).await.unwrap_err()["code"], "forbidden");
        server.change(&host, answer(&one, true)).await.unwrap();
        server.change(&host, answer(&two, false)).await.unwrap();
        assert_eq!(server.notices(&one).await, ["accepted"]);
        assert_eq!(server.notices(&two).await, ["declined"]);
        assert_eq!(server.change(&two, join()).await.unwrap_err()["code"], "declined");
        let room = state(&server, &one).await["room"].as_str().unwrap().to_owned();
        assert_eq!(server.get_as(&one, &format!("/api/v1/feeds/room:{room}")).await.status, StatusCode::OK);
        assert_eq!(server.get_as(&two, &format!("/api/v1/feeds/room:{room}")).await.status, StatusCode::NOT_FOUND);
    }
}

/// Two hands for one seat at once: one gets it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_seat_is_given_once() {
    for server in TestApp::on_each().await {
        let server = std::sync::Arc::new(server);
        let host = server.person("host").await;
        server.change(&host, invite(&server, 1, false, 0).await).await.unwrap();
        let mut guests = Vec::new();
        for n in 0..6 {
            guests.push(server.person(&format!("guest{n}")).await);
        }
        let joins: Vec<_> = guests
            .iter()
            .map(|guest| {
                let (server, guest) = (server.clone(), guest.clone());
                tokio::spawn(async move { server.change(&guest, join()).await.unwrap() })
            })
            .collect();
        for join in joins {
            join.await.unwrap();
        }
        let after = state(&server, &host).await;
        assert_eq!((&after["left"], &after["waiting"]), (&json!(0), &json!(5)));
    }
}

#[tokio::test]
async fn a_cancelled_meal_takes_nobody_and_all_are_told() {
    let server = TestApp::start().await;
    let (host, one, two) = (server.person("host").await, server.person("one").await, server.person("two").await);
    server.change(&host, invite(&server, 1, false, 0).await).await.unwrap();
    server.change(&one, join()).await.unwrap();
    let cancel = || BoardChange::Cancel { post: MEAL, reason: "비가 와요".into() };
    assert_eq!(server.change(&one, cancel()).await.unwrap_err()["code"], "forbidden");
    server.change(&host, cancel()).await.unwrap();
    assert_eq!(state(&server, &one).await["cancelled"], "비가 와요");
    assert_eq!(server.notices(&one).await, ["cancelled"]);
    assert_eq!(server.change(&two, join()).await.unwrap_err()["code"], "gathering-cancelled");
}

#[tokio::test]
async fn a_meal_is_in_calendars_with_its_place() {
    let server = TestApp::start().await;
    let host = server.person("host").await;
    server.change(&host, invite(&server, 3, false, 0).await).await.unwrap();
    let file = server.get(&format!("/api/v1/posts/{MEAL}/calendar.ics")).await;
    assert_eq!(file.header(header::CONTENT_TYPE), "text/calendar; charset=utf-8");
    let text = file.text().replace("\r\n ", "");
    for line in [
        "BEGIN:VCALENDAR",
        "SUMMARY:두부 먹어요",
        "DTSTART:20261010T173000Z",
        "DTEND:20261010T190000Z",
        "LOCATION:두부집",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
    let none = server.get(&format!("/api/v1/posts/{}/calendar.ics", Uuid::from_u128(2))).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn time_and_place_must_be_real() {
    let server = TestApp::start().await;
    let host = server.person("host").await;
    let spoil = async |spoil: fn(&mut GatheringDraft)| {
        let mut change = invite(&server, 1, false, 0).await;
        if let BoardChange::WritePost { draft, .. } = &mut change {
            spoil(draft.gathering.as_mut().unwrap());
        }
        server.change(&host, change).await.unwrap_err()["errors"][0]["field"].as_str().unwrap().to_owned()
    };
    assert_eq!(spoil(|g| g.starts_ms = NOW_MS - 1).await, "starts_ms");
    assert_eq!(spoil(|g| g.venue = Some(Uuid::from_u128(404))).await, "venue");
    assert_eq!(spoil(|g| g.seats = 0).await, "seats");
    assert_eq!(spoil(|g| g.minutes = 5).await, "minutes");
}

#[tokio::test]
async fn people_are_reminded_once_and_speak_of_each_other_after_the_meal() {
    for server in TestApp::on_each().await {
        let (host, one, two) = (server.person("host").await, server.person("one").await, server.person("two").await);
        server.change(&host, invite(&server, 2, false, 0).await).await.unwrap();
        server.change(&one, join()).await.unwrap();
        let refer =
            |about: &Someone| BoardChange::WriteReference {
                post: MEAL, person: about.id, text: "즐거웠어요".into()
            };
        assert_eq!(server.change(&one, refer(&host)).await.unwrap_err()["code"], "gathering-not-over");
        server.wait(23 * HOUR_MS);
        for _ in 0..2 {
            hnh_server::board::remind(&server.state).await.unwrap();
        }
        assert_eq!(server.notices(&one).await, ["reminder"]);
        server.wait(3 * HOUR_MS);
        server.change(&one, refer(&host)).await.unwrap();
        assert_eq!(server.change(&two, refer(&host)).await.unwrap_err()["code"], "not-together");
        assert_eq!(server.get("/api/v1/people/host").await.json()["references"], 1);
    }
}

#[tokio::test]
async fn company_is_suggested_by_what_both_share_and_no_reply_has_a_position_of_a_person() {
    let server = TestApp::start().await;
    let (mina, joon, suho) = (server.person("mina").await, server.person("joon").await, server.person("suho").await);
    let profile = |shared: Vec<ProfilePart>| {
        let draft = ProfileDraft {
            diets: vec![Diet::Vegan].into(),
            languages: vec![Spoken::Korean].into(),
            district: "서울특별시 중구 명동1가".into(),
            shared: shared.into(),
            ..ProfileDraft::default()
        };
        AccountChange::SetProfile { profile: Box::new(draft), version: 0 }
    };
    server.change(&mina, profile(vec![])).await.unwrap();
    server.change(&joon, profile(vec![ProfilePart::Diets, ProfilePart::Languages])).await.unwrap();
    server.change(&suho, profile(vec![])).await.unwrap();
    let found = server.get_as(&mina, "/api/v1/suggestions").await.json();
    assert_eq!(found.as_array().unwrap().len(), 1, "who shares nothing is not suggested: {found}");
    assert_eq!((found[0]["person"]["handle"].as_str(), found[0]["diets"].as_str()), (Some("joon"), Some("vegan")));
    // Whoever moves about and asks again learns no more: nothing that is said of people has a place in numbers.
    for address in ["/api/v1/suggestions", "/api/v1/people/joon", "/api/v1/account"] {
        let text = server.get_as(&mina, address).await.text().to_owned();
        for word in ["lat", "lon", "distance", "position", "명동"] {
            assert!(!text.contains(&format!("\"{word}")) && !text.contains("명동"), "{address} tells {word}: {text}");
        }
    }
    let moved = server.get_as(&mina, "/api/v1/suggestions?lat=37.5&lon=127").await.json();
    assert_eq!(moved, found);
}

#[tokio::test]
async fn an_event_lasts_for_days_with_many_seats_and_needs_no_place_of_the_catalogue() {
    for server in TestApp::on_each().await {
        let host = server.person("host").await;
        let event = |board, venue: Option<Uuid>, address: &str, minutes, seats| {
            let gathering = GatheringDraft {
                starts_ms: NOW_MS + 24 * HOUR_MS,
                minutes,
                venue,
                address: address.into(),
                seats,
                diets: Vec::new().into(),
                needs_approval: false,
            };
            let draft = PostDraft { title: "김장".into(), gathering: Some(gathering), ..PostDraft::default() };
            BoardChange::WritePost { id: Uuid::now_v7(), board, draft: Box::new(draft), version: 0 }
        };
        server.change(&host, event(Board::Event, None, "서울광장", 3 * 1_440, 5_000)).await.unwrap();
        let calendar = server.get("/api/v1/events.ics").await;
        assert!(calendar.text().contains("LOCATION:서울광장"), "{}", calendar.text());
        let refused = async |change| {
            let problem = server.change(&host, change).await.unwrap_err();
            problem["errors"][0]["field"].as_str().unwrap().to_owned()
        };
        assert_eq!(refused(event(Board::Event, None, " ", 60, 3)).await, "venue");
        assert_eq!(refused(event(Board::Buddy, None, "서울광장", 60, 3)).await, "venue");
        let venue = Some(venue(&server).await);
        assert_eq!(refused(event(Board::Buddy, venue, "", 3 * 1_440, 3)).await, "minutes");
        assert_eq!(refused(event(Board::Buddy, venue, "", 60, 5_000)).await, "seats");
        assert_eq!(refused(event(Board::Event, venue, "", 15 * 1_440, 3)).await, "minutes");
    }
}

#[tokio::test]
async fn a_friend_is_told_of_who_does_not_say_that_they_are_home() {
    for server in TestApp::on_each().await {
        let (host, late) = (server.person("host").await, server.person("late").await);
        let (home, friend) = (server.person("home").await, server.person("friend").await);
        server.change(&host, invite(&server, 3, false, 0).await).await.unwrap();
        server.change(&late, join()).await.unwrap();
        server.change(&home, join()).await.unwrap();
        let choose = |friend: Option<Uuid>| BoardChange::SetCheckIn { post: MEAL, friend };
        let stranger = server.change(&late, choose(Some(friend.id))).await.unwrap_err();
        assert_eq!(stranger["errors"][0]["field"], "friend", "nobody is told of strangers");
        for who in [&late, &home] {
            let room = hnh_domain::chat::direct_room(who.id, friend.id);
            let open = hnh_domain::chat::ChatChange::OpenDirect { id: room, person: friend.id };
            server.change(who, open).await.unwrap();
            server.change(who, choose(Some(friend.id))).await.unwrap();
        }
        assert_eq!(server.change(&friend, choose(Some(host.id))).await.unwrap_err()["code"], "not-found");
        assert_eq!(state(&server, &late).await["check_in"]["friend"]["handle"], "friend");
        assert_eq!(state(&server, &host).await.get("check_in"), None, "nobody else sees it");
        server.wait(24 * HOUR_MS + 91 * 60_000);
        hnh_server::board::remind(&server.state).await.unwrap();
        assert_eq!(server.notices(&late).await.last().map(String::as_str), Some("check_in"));
        assert_eq!(server.notices(&friend).await, [""; 0]);
        server.change(&home, BoardChange::CheckIn { post: MEAL }).await.unwrap();
        assert_eq!(state(&server, &home).await["check_in"]["done"], true);
        server.wait(HOUR_MS);
        for _ in 0..2 {
            hnh_server::board::remind(&server.state).await.unwrap();
        }
        assert_eq!(server.notices(&friend).await, ["not_back"], "of the one, once");
    }
}

#[tokio::test]
async fn many_accounts_in_many_districts_learn_no_more_of_where_somebody_is_than_one() {
    let server = TestApp::with_flags(&["--no-rate-limits"]).await;
    let target = server.person("target").await;
    let profile = |district: &str, shared: Vec<ProfilePart>, version| {
        let draft = ProfileDraft {
            diets: vec![Diet::Vegan].into(),
            district: district.into(),
            shared: shared.into(),
            ..ProfileDraft::default()
        };
        AccountChange::SetProfile { profile: Box::new(draft), version }
    };
    server.change(&target, profile("서울특별시 중구 명동1가", vec![ProfilePart::Diets], 0)).await.unwrap();
    let districts: Vec<String> =
        (0..24).map(|i| if i == 7 { "서울특별시 중구 명동1가".into() } else { format!("서울특별시 {i}구") }).collect();
    let mut told = Vec::new();
    for (i, district) in districts.iter().enumerate() {
        let spy = server.person(&format!("spy{i}")).await;
        server.change(&spy, profile(district, vec![], 0)).await.unwrap();
        let suggested = server.get_as(&spy, "/api/v1/suggestions").await.json();
        let profile = server.get_as(&spy, "/api/v1/people/target").await.text().to_owned();
        told.push((suggested, profile));
    }
    assert!(told.iter().all(|one| *one == told[0]), "wherever one asks from, the answer is one: {told:?}");
    assert_eq!(told[0].0[0]["person"]["handle"], "target");
    // A district that is shared is told whole to those who named the same, and is as wide as its name.
    let both = vec![ProfilePart::Diets, ProfilePart::District];
    server.change(&target, profile("서울특별시 중구 명동1가", both, 1)).await.unwrap();
    let near = server.person("near").await;
    server.change(&near, profile("서울특별시 중구 명동1가", vec![], 0)).await.unwrap();
    let found = server.get_as(&near, "/api/v1/suggestions").await.json();
    assert_eq!(found[0]["district"], "서울특별시 중구 명동1가");
}
