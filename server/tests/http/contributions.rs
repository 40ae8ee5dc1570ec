//! What members say of places: corrections that others confirm, reviews, and what a moderator hides.

use hnh_domain::account::{AccountChange, Role};
use hnh_domain::board::{BoardChange, Decision, Subject, SubjectKind};
use hnh_domain::contributions::{ContributionChange, CorrectedFact, Understood, correction_id};
use hnh_server::account::{delete_person, set_role};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::test_app::{Someone, TestApp};

async fn place(server: &TestApp) -> Uuid {
    let found = server.get("/api/v1/restaurants?lat=37.5663&lon=126.9779&limit=1").await.json();
    found["items"][0]["place"]["id"].as_str().unwrap().parse().unwrap()
}

async fn said(server: &TestApp, who: &Someone, place: Uuid) -> Value {
    server.get_as(who, &format!("/api/v1/restaurants/{place}/contributions")).await.json()
}

fn correct(place: Uuid, fact: CorrectedFact, value: &str) -> ContributionChange {
    ContributionChange::Correct { place, fact, value: value.into(), on: true }
}

fn review(id: u128, place: Uuid, text: &str) -> ContributionChange {
    let (eaten, understood) = ("비빔밥".into(), Some(Understood::Yes));
    ContributionChange::WriteReview { id: Uuid::from_u128(id), place, eaten, understood, text: text.into() }
}

#[tokio::test]
async fn corrections_are_counted_by_members_and_ones_last_word_counts() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let place = place(&server).await;
        for who in [&mina, &joon, &joon] {
            server.change(who, correct(place, CorrectedFact::Hours, "Mo-Fr 11:00-21:00")).await.unwrap();
        }
        let hours = said(&server, &mina, place).await["corrections"][0].clone();
        assert_eq!((&hours["members"], &hours["mine"], &hours["confirmed"]), (&json!(2), &json!(true), &json!(false)));
        // Another word takes the place of the last; diets stand beside each other, but not against each other.
        server.change(&joon, correct(place, CorrectedFact::Hours, "Mo-Fr 11:00-20:00")).await.unwrap();
        server.change(&joon, correct(place, CorrectedFact::Serves, "vegan")).await.unwrap();
        server.change(&joon, correct(place, CorrectedFact::Serves, "halal")).await.unwrap();
        server.change(&joon, correct(place, CorrectedFact::ServesNot, "vegan")).await.unwrap();
        let all = said(&server, &joon, place).await["corrections"].clone();
        let mut facts: Vec<String> = all
            .as_array()
            .unwrap()
            .iter()
            .map(|c| format!("{} {} {}", c["fact"].as_str().unwrap(), c["value"].as_str().unwrap(), c["members"]))
            .collect();
        facts.sort();
        let expected =
            ["hours Mo-Fr 11:00-20:00 1", "hours Mo-Fr 11:00-21:00 1", "serves halal 1", "serves_not vegan 1"];
        assert_eq!(facts, expected);
        let wrong = server.change(&mina, correct(place, CorrectedFact::Hours, "whenever we like")).await.unwrap_err();
        assert_eq!(wrong["errors"][0]["field"], "value");
        let nowhere = server.change(&mina, correct(Uuid::nil(), CorrectedFact::Closed, "")).await.unwrap_err();
        assert_eq!(nowhere["errors"][0]["field"], "place");
        let off = ContributionChange::Correct {
            place,
            fact: CorrectedFact::Hours,
            value: "Mo-Fr 11:00-21:00".into(),
            on: false,
        };
        server.change(&mina, off).await.unwrap();
        assert_eq!(said(&server, &mina, place).await["corrections"].as_array().unwrap().len(), 3);
        // With the account goes what was said.
        delete_person(&server.state, joon.id).await.unwrap();
        assert_eq!(said(&server, &mina, place).await["corrections"], json!([]));
    }
}

#[tokio::test]
async fn a_moderator_hides_a_correction_for_all_and_confirms_by_saying_so() {
    for server in TestApp::on_each().await {
        let (mina, suho) = (server.person("mina").await, server.person("suho").await);
        set_role(&server.state.db, &suho.handle.parse().unwrap(), Role::Moderator).await.unwrap();
        let place = place(&server).await;
        server.change(&mina, correct(place, CorrectedFact::Closed, "")).await.unwrap();
        server.change(&suho, correct(place, CorrectedFact::Closed, "")).await.unwrap();
        assert_eq!(said(&server, &mina, place).await["corrections"][0]["confirmed"], true);
        let id = correction_id(place, CorrectedFact::Closed, "");
        let subject = Subject { kind: SubjectKind::Correction, id };
        server.change(&mina, BoardChange::Report { subject, reason: "다시 열었어요".into() }).await.unwrap();
        let queue = server.get_as(&suho, "/api/v1/reports").await.json();
        assert_eq!(queue[0]["words"], "closed ");
        let hide = BoardChange::Moderate { subject, decision: Decision::Hide, reason: "열려 있어요".into() };
        server.change(&suho, hide).await.unwrap();
        assert_eq!(said(&server, &mina, place).await["corrections"], json!([]));
        let joon = server.person("joon").await;
        server.change(&joon, correct(place, CorrectedFact::Closed, "")).await.unwrap();
        assert_eq!(said(&server, &joon, place).await["corrections"], json!([]), "it stays hidden");
    }
}

#[tokio::test]
async fn a_review_is_one_a_person_and_seen_by_those_who_may() {
    for server in TestApp::on_each().await {
        let (mina, joon) = (server.person("mina").await, server.person("joon").await);
        let place = place(&server).await;
        server.change(&mina, review(1, place, "맛있어요")).await.unwrap();
        server.change(&mina, review(2, place, "또 왔어요")).await.unwrap();
        server.change(&mina, review(2, place, "또 왔어요")).await.unwrap();
        let reviews = said(&server, &joon, place).await["reviews"].clone();
        assert_eq!(reviews.as_array().unwrap().len(), 1);
        assert_eq!(
            (reviews[0]["text"].as_str(), reviews[0]["understood"].as_str(), reviews[0]["author"]["handle"].as_str()),
            (Some("또 왔어요"), Some("yes"), Some("mina"))
        );
        assert_eq!(server.change(&joon, review(2, place, "내 것")).await.unwrap_err()["code"], "taken");
        server.change(&joon, AccountChange::Block { person: mina.id, on: true }).await.unwrap();
        assert_eq!(said(&server, &joon, place).await["reviews"], json!([]));
        server.change(&joon, ContributionChange::DeleteReview { id: Uuid::from_u128(2) }).await.unwrap();
        assert_eq!(
            said(&server, &mina, place).await["reviews"].as_array().unwrap().len(),
            1,
            "not one's own to delete"
        );
        server.change(&mina, ContributionChange::DeleteReview { id: Uuid::from_u128(2) }).await.unwrap();
        assert_eq!(said(&server, &mina, place).await["reviews"], json!([]));
    }
}
