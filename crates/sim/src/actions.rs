//! What happens in one step: somebody does something, time passes, or something fails for a while.

use anyhow::Result;
use hnh_domain::account::{AccountChange, ProfileDraft};
use hnh_domain::board::{Board, BoardChange, Decision, PostDraft, Reaction, Subject, SubjectKind};
use hnh_domain::calls::{Discard, SendAgain, SetFavourite, Submit};
use hnh_domain::chat::{ChatChange, direct_room};
use hnh_domain::cookbook::{BookRecipe, CookbookChange};
use hnh_domain::feeds::Change;
use hnh_domain::port::Json;
use rand::RngExt;
use uuid::Uuid;

use crate::device::{Device, deliver_late};
use crate::world::{World, written};

/// Acts once.
pub(crate) async fn act(world: &World, devices: &mut [Device]) -> Result<()> {
    let at = world.chance(|rng| rng.random_range(0..devices.len()));
    let what = world.chance(|rng| rng.random_range(0..100));
    let name = devices[at].name().to_owned();
    match what {
        0..50 => change(world, devices, at).await?,
        50..74 => {
            world.tell(&format!("  {name} syncs"));
            devices[at].sync().await;
        }
        74..80 => meanwhile(world, &devices[at], at).await?,
        80..84 => {
            let online = &devices[at].wire.online;
            online.set(!online.get());
            world.fault(&format!("  {name} has {}", if online.get() { "a network again" } else { "no network" }));
        }
        84..88 => {
            let full = world.once_in(2);
            let dies_after = world.chance(|rng| rng.random_range(1..6));
            let what =
                if full { "a full disk".to_owned() } else { format!("a disk that ends after {dies_after} commits") };
            world.fault(&format!("  {name} has {what}"));
            devices[at].set_disk(full, (!full).then_some(dies_after));
            if world.once_in(3) {
                change(world, devices, at).await?;
            } else {
                devices[at].sync().await;
            }
            // One that did not die has room again.
            if full || !devices[at].revive()? {
                devices[at].set_disk(false, None);
            }
        }
        88..90 => {
            let waiting = world.late.borrow().len();
            if waiting > 0 {
                let i = world.chance(|rng| rng.random_range(0..waiting));
                let late = world.late.borrow_mut().swap_remove(i);
                deliver_late(late).await;
            }
        }
        90 => {
            let hours = world.chance(|rng| rng.random_range(1..60));
            world.tell(&format!("  {hours} hours pass"));
            world.wait(hours * 3_600_000);
        }
        91 => {
            let person = devices[at].person().await;
            if let Some(person) = world.people.iter().find(|known| Some(known.handle) == person.as_deref()) {
                world.fault(&format!("  the sessions of {} end", person.handle));
                let id = person.id;
                let end = async |server: &crate::server::Server| {
                    let mut tx = server.state().db.write().await?;
                    tx.execute("DELETE FROM session WHERE person = $1", [id.into()]).await?;
                    Ok(tx.commit().await?)
                };
                world.with_server(end).await?;
            }
        }
        92 => hand_over(world, devices, at).await,
        93..95 => resolve(world, &devices[at], at).await,
        95 => {
            world.fault("  the server starts anew");
            world.restart_server().await;
        }
        96 => {
            world.tell("  a backup is taken");
            world.back_up(devices).await?;
        }
        97 => {
            if world.restore(devices).await? {
                world.fault("  the server goes back to its backup");
            }
        }
        98 => {
            let hours = world.chance(|rng| rng.random_range(-48..48));
            world.fault(&format!("  the clock of {name} is off by {hours} hours"));
            devices[at].wire.clock_ahead_ms.set(hours * 3_600_000);
        }
        // A person signs in again where a session ended.
        _ => {
            if let Some(person) = devices[at].person().await {
                world.tell(&format!("  {person} signs in on {name}"));
                devices[at].sign_in(&person).await;
            }
        }
    }
    Ok(())
}

/// The person of a device makes a change.
async fn change(world: &World, devices: &mut [Device], at: usize) -> Result<()> {
    let Some((person, change)) = wish(world, &devices[at]).await else { return Ok(()) };
    world.tell(&format!("  {}: {}", devices[at].name(), written(at, &change).1));
    let taken = submit(&devices[at], &change).await;
    let taken = match taken {
        Some(taken) => taken,
        None => {
            // It died over it: what it kept is what counts.
            devices[at].revive()?;
            let waiting = devices[at].pending().await;
            waiting.iter().any(|pending| pending.change.read().ok().as_ref() == Some(&change))
        }
    };
    if taken {
        world.note(at, person, change);
    }
    Ok(())
}

/// Whether a device took a change; nothing where it died over it.
async fn submit(device: &Device, change: &Change) -> Option<bool> {
    if let Change::Account(AccountChange::SetFavourite { kind, id, on }) = change {
        return Some(device.call(SetFavourite { kind: *kind, id: *id, on: *on }).await?.is_ok());
    }
    let Ok(json) = Json::of(change) else { return Some(false) };
    Some(device.call(Submit { change: json }).await?.is_ok())
}

/// Something happens while a sync waits for its reply.
async fn meanwhile(world: &World, device: &Device, at: usize) -> Result<()> {
    let number = world.chance(|rng| rng.random_range(0..6));
    world.tell(&format!("  {} syncs, and before request {number}:", device.name()));
    let work = async {
        match world.chance(|rng| rng.random_range(0..4)) {
            0 => {
                world.tell("    syncs too");
                device.sync().await;
            }
            1 => {
                world.tell("    signs out");
                device.sign_out(false).await;
            }
            _ => {
                if let Some((person, change)) = wish(world, device).await {
                    world.tell(&format!("    {}", written(at, &change).1));
                    if submit(device, &change).await == Some(true) {
                        world.note(at, person, change);
                    }
                }
            }
        }
    };
    device.sync_meanwhile(number, work).await;
    Ok(())
}

/// A device goes to somebody else.
async fn hand_over(world: &World, devices: &[Device], at: usize) {
    let discard = world.once_in(4);
    let next = world.chance(|rng| rng.random_range(0..world.people.len()));
    let next = world.people[next].handle;
    world.tell(&format!(
        "  {} is signed out ({}) and {next} signs in",
        devices[at].name(),
        if discard { "discarding" } else { "kindly" }
    ));
    let waiting = crate::world::waiting(devices).await;
    let out = devices[at].sign_out(discard).await;
    if discard && !matches!(out, Some(Err(_))) {
        for made in world.made.borrow_mut().iter_mut().filter(|made| made.device == at) {
            made.may_be_lost |= waiting.contains(&written(at, &made.change));
        }
    }
    devices[at].sign_in(next).await;
}

/// The person looks after a change that was refused or grew old.
async fn resolve(world: &World, device: &Device, at: usize) {
    let pending = device.pending().await;
    let Some(blocked) = pending.into_iter().find(|pending| pending.blocked.is_some()) else { return };
    let Ok(change) = blocked.change.read() else { return };
    let again = world.once_in(2);
    world.tell(&format!(
        "  {} {} {}",
        device.name(),
        if again { "sends again" } else { "gives up" },
        written(at, &change).1
    ));
    // Sent again it comes after later ones: it is not looked for in its order.
    for made in world.made.borrow_mut().iter_mut().filter(|made| made.device == at && made.change == change) {
        made.may_be_lost = true;
    }
    if again {
        device.call(SendAgain { number: blocked.number, change: blocked.change }).await;
    } else {
        device.call(Discard { number: blocked.number }).await;
    }
}

/// Something that the person of a device might want, and who that is.
async fn wish(world: &World, device: &Device) -> Option<(Uuid, Change)> {
    let handle = device.person().await?;
    let me = world.people.iter().find(|person| person.handle == handle)?.clone();
    let others: Vec<Uuid> = world.people.iter().filter(|person| person.id != me.id).map(|person| person.id).collect();
    let other = world.pick(&others)?;
    let moderates = me.handle == world.people.last()?.handle;
    let id = world.new_id();
    let kind = world.chance(|rng| rng.random_range(0..100));
    let words = format!("{} {kind}", &id.to_string()[..6]);
    let mut known = world.known.borrow_mut();
    let version = world.chance(|rng| rng.random_range(1..3));
    let on = !world.once_in(3);
    let room = match world.pick(&known.groups) {
        Some(group) if world.once_in(2) => group,
        _ => direct_room(me.id, other),
    };
    let draft = |title: String| Box::new(PostDraft { title, body: "**words**".into(), ..PostDraft::default() });
    Some((
        me.id,
        match kind {
            0..22 => {
                known.messages.push(id);
                ChatChange::Send { id, room, text: words, photo: None, card: None, reply_to: None }.into()
            }
            22..28 => ChatChange::OpenDirect { id: direct_room(me.id, other), person: other }.into(),
            28..31 => {
                known.groups.push(id);
                ChatChange::OpenGroup { id, name: words, people: vec![other] }.into()
            }
            31..33 => ChatChange::Invite { room, person: other }.into(),
            33..35 => ChatChange::LeaveRoom { room }.into(),
            35..38 => ChatChange::MarkRead { room, number: world.chance(|rng| rng.random_range(1..9)) }.into(),
            38 => ChatChange::Mute { room, on }.into(),
            39..42 => ChatChange::EditMessage { id: world.pick(&known.messages)?, text: words, version }.into(),
            42..45 => ChatChange::DeleteMessage { id: world.pick(&known.messages)? }.into(),
            45..55 => {
                known.posts.push(id);
                BoardChange::WritePost { id, board: Board::Info, draft: draft(words), version: 0 }.into()
            }
            55..58 => {
                let id = world.pick(&known.posts)?;
                BoardChange::WritePost { id, board: Board::Info, draft: draft(words), version }.into()
            }
            58..60 => BoardChange::DeletePost { id: world.pick(&known.posts)? }.into(),
            60..69 => {
                let (post, parent) =
                    (world.pick(&known.posts)?, world.pick(&known.comments).filter(|_| world.once_in(3)));
                known.comments.push(id);
                BoardChange::WriteComment { id, post, parent, text: format!("@ann {words}"), version: 0 }.into()
            }
            69..71 => BoardChange::DeleteComment { id: world.pick(&known.comments)? }.into(),
            71..77 => {
                let (kind, id) = match world.chance(|rng| rng.random_range(0..3)) {
                    0 => (SubjectKind::Comment, world.pick(&known.comments)?),
                    1 => (SubjectKind::Message, world.pick(&known.messages)?),
                    _ => (SubjectKind::Post, world.pick(&known.posts)?),
                };
                let reaction = world.pick(Reaction::ALL)?;
                BoardChange::React { to: Subject { kind, id }, reaction, on }.into()
            }
            77..80 => BoardChange::Join { post: world.pick(&world.meals)?, note: words }.into(),
            80..82 => BoardChange::Leave { post: world.pick(&world.meals)? }.into(),
            82..84 => BoardChange::Answer { post: world.pick(&world.meals)?, person: other, accept: on }.into(),
            84..86 => BoardChange::SeeNotices { up_to_ms: world.now_ms() }.into(),
            86..91 => {
                let (kind, id) = world.pick(&world.records)?;
                AccountChange::SetFavourite { kind, id, on }.into()
            }
            91..93 => {
                known.recipes.push(id);
                let recipe = Box::new(BookRecipe { title: words, ..BookRecipe::default() });
                CookbookChange::WriteRecipe { id, recipe, version: 0 }.into()
            }
            93 => CookbookChange::DeleteRecipe { id: world.pick(&known.recipes)? }.into(),
            94 => {
                let profile = Box::new(ProfileDraft { name: words, ..ProfileDraft::default() });
                AccountChange::SetProfile { profile, version: world.chance(|rng| rng.random_range(0..3)) }.into()
            }
            95..97 => AccountChange::Block { person: other, on }.into(),
            97 => {
                let subject = Subject { kind: SubjectKind::Post, id: world.pick(&known.posts)? };
                BoardChange::Report { subject, reason: words }.into()
            }
            _ if moderates => {
                let subject = if world.once_in(2) {
                    Subject { kind: SubjectKind::Post, id: world.pick(&known.posts)? }
                } else {
                    Subject { kind: SubjectKind::Comment, id: world.pick(&known.comments)? }
                };
                let decision = if on { Decision::Hide } else { Decision::Restore };
                BoardChange::Moderate { subject, decision, reason: words }.into()
            }
            _ => return None,
        },
    ))
}
