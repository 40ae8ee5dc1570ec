//! What must hold once everything works again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result};
use hnh_domain::account::AccountChange;
use hnh_domain::board::BoardChange;
use hnh_domain::chat::ChatChange;
use hnh_domain::cookbook::CookbookChange;
use hnh_domain::feeds::Change;
use serde_json::Value;
use uuid::Uuid;

use crate::device::Device;
use crate::world::{World, waiting, written};

/// What a device has: items by kind and id, and the favourites.
#[derive(Debug, PartialEq)]
struct Kept {
    items: BTreeMap<(String, String), Value>,
    favourites: Vec<String>,
}

/// An item without what it copies from elsewhere and is not told anew for: people's names as of then, a room's last number.
fn without_copies(item: &mut Value) {
    match item {
        Value::Object(fields) => {
            if fields.contains_key("handle") {
                fields.retain(|name, _| name == "id" || name == "handle");
            }
            if fields.contains_key("inside") {
                fields.remove("head");
            }
            fields.values_mut().for_each(without_copies);
        }
        Value::Array(values) => values.iter_mut().for_each(without_copies),
        _ => {}
    }
}

fn kept(device: &Device) -> Result<Kept> {
    let connection = device.look()?;
    let mut statement = connection.prepare("SELECT feed || ' ' || kind, id, json FROM item")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
    let mut items = BTreeMap::new();
    for row in rows {
        let (kind, id, json): (String, String, String) = row?;
        let mut item = serde_json::from_str(&json)?;
        without_copies(&mut item);
        items.insert((kind, id), item);
    }
    let mut statement =
        connection.prepare("SELECT kind || ' ' || id FROM record WHERE kept_ms IS NOT NULL ORDER BY 1")?;
    let favourites = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(Kept { items, favourites })
}

/// The first thing that does not hold, if any.
pub(crate) async fn check(world: &Rc<World>, devices: &[Device], folder: &Path) -> Result<Option<String>> {
    for device in devices {
        let state = device.state().await;
        if !state.signed_in || state.session_over {
            return Ok(Some(format!("{} cannot sign in", device.name())));
        }
        if state.waiting > 0 {
            return Ok(Some(format!("{} changes of {} are never sent", state.waiting, device.name())));
        }
        for pending in device.pending().await {
            if pending.blocked.is_none() {
                return Ok(Some(format!("{}: a change waits without a reason", device.name())));
            }
        }
    }
    if let Some(difference) = equal(world, devices, folder).await? {
        return Ok(Some(difference));
    }
    if let Some(lost) = lost(world, devices).await? {
        return Ok(Some(lost));
    }
    rights_and_counts(world, devices).await
}

/// Every device has what a new one of the same person gets from the server.
async fn equal(world: &Rc<World>, devices: &[Device], folder: &Path) -> Result<Option<String>> {
    let mut fresh: HashMap<String, Kept> = HashMap::new();
    for device in devices {
        let handle = device.person().await.context("nobody is signed in")?;
        if !fresh.contains_key(&handle) {
            let new = Device::new(world, "new device", folder.join(format!("new-{handle}.db")))?;
            new.sign_in(&handle).await.and_then(Result::ok).context("a new device cannot sign in")?;
            new.sync().await.context("a new device dies")??;
            fresh.insert(handle.clone(), kept(&new)?);
        }
        let (has, should) = (kept(device)?, &fresh[&handle]);
        for (key, item) in &should.items {
            match has.items.get(key) {
                None => return Ok(Some(format!("{} ({handle}) lacks {key:?} {item}", device.name()))),
                Some(had) if had != item => {
                    return Ok(Some(format!("{} ({handle}) has {key:?} {had}, the server {item}", device.name())));
                }
                Some(_) => {}
            }
        }
        if let Some((key, item)) = has.items.iter().find(|(key, _)| !should.items.contains_key(*key)) {
            return Ok(Some(format!("{} ({handle}) has {key:?} {item}, which the server does not", device.name())));
        }
        // A wish that waits for the person shows on the device.
        let mut wishes = Vec::new();
        for pending in device.pending().await {
            if let Ok(Change::Account(AccountChange::SetFavourite { kind, id, .. })) = pending.change.read() {
                wishes.push(format!("{kind} {id}"));
            }
        }
        let settled = |kept: &Kept| {
            let settled = kept.favourites.iter().filter(|favourite| !wishes.contains(favourite));
            settled.cloned().collect::<Vec<_>>()
        };
        let (has, should) = (settled(&has), settled(should));
        if has != should {
            return Ok(Some(format!("{} ({handle}) has favourites {has:?}, the server {should:?}", device.name())));
        }
    }
    Ok(None)
}

/// What a person wished of a favourite.
struct Wish {
    device: usize,
    on: bool,
    /// What became of it is not known.
    open: bool,
}

/// Everything that was acknowledged is on the server, once, and messages of a device in their order.
async fn lost(world: &World, devices: &[Device]) -> Result<Option<String>> {
    type MessageRow = (Uuid, Uuid, Option<i64>, Option<Uuid>, bool);
    let (posts, comments, recipes, messages, favourites) = world
        .with_server(async |server| {
            let mut tx = server.state().db.read().await?;
            let ids = |rows: Vec<(Uuid,)>| rows.into_iter().map(|(id,)| id).collect::<HashSet<Uuid>>();
            let posts = ids(tx.fetch_all("SELECT id FROM post", []).await?);
            let comments = ids(tx.fetch_all("SELECT id FROM comment", []).await?);
            let recipes = ids(tx.fetch_all("SELECT id FROM own_recipe", []).await?);
            let messages: Vec<MessageRow> =
                tx.fetch_all("SELECT id, room, number, author, deleted FROM message", []).await?;
            let favourites: Vec<(Uuid, Uuid)> = tx.fetch_all("SELECT person, item FROM favourite", []).await?;
            Ok((posts, comments, recipes, messages, favourites.into_iter().collect::<HashSet<_>>()))
        })
        .await?;
    let messages: HashMap<Uuid, MessageRow> = messages.into_iter().map(|row| (row.0, row)).collect();
    let waiting = waiting(devices).await;
    let made = world.made.borrow();
    // What somebody set out to delete may be gone.
    let mut deleted = HashSet::new();
    let mut wishes: HashMap<(Uuid, Uuid), Vec<Wish>> = HashMap::new();
    for made in made.iter() {
        match &made.change {
            Change::Board(BoardChange::DeletePost { id } | BoardChange::DeleteComment { id })
            | Change::Cookbook(CookbookChange::DeleteRecipe { id }) => drop(deleted.insert(*id)),
            Change::Account(AccountChange::SetFavourite { id, on, .. }) => {
                let open = made.may_be_lost || waiting.contains(&written(made.device, &made.change));
                wishes.entry((made.person, *id)).or_default().push(Wish { device: made.device, on: *on, open });
            }
            _ => {}
        }
    }
    let mut last_number: HashMap<(usize, Uuid), i64> = HashMap::new();
    for made in made.iter() {
        let waits = waiting.contains(&written(made.device, &made.change));
        if made.may_be_lost || waits {
            continue;
        }
        let is_there = match &made.change {
            Change::Board(BoardChange::WritePost { id, version: 0, .. }) => posts.contains(id) || deleted.contains(id),
            Change::Board(BoardChange::WriteComment { id, post, version: 0, .. }) => {
                comments.contains(id) || deleted.contains(id) || deleted.contains(post)
            }
            Change::Cookbook(CookbookChange::WriteRecipe { id, version: 0, .. }) => {
                recipes.contains(id) || deleted.contains(id)
            }
            Change::Chat(ChatChange::Send { id, room, .. }) => match messages.get(id) {
                None => false,
                Some((_, at, number, author, gone)) => {
                    if at != room || (!gone && *author != Some(made.person)) {
                        return Ok(Some(format!("message {id} is not where or whose it was")));
                    }
                    let Some(number) = *number else { return Ok(Some(format!("message {id} has no number"))) };
                    let last = last_number.insert((made.device, *room), number);
                    if !world.restored.get() && last.is_some_and(|last| last >= number) {
                        return Ok(Some(format!("message {id} came before one that was sent earlier")));
                    }
                    true
                }
            },
            _ => true,
        };
        if !is_there {
            return Ok(Some(format!("an acknowledged change is lost: {}", written(made.device, &made.change).1)));
        }
    }
    for ((person, item), wishes) in wishes {
        let one_device = wishes.iter().all(|wish| wish.device == wishes[0].device);
        let open = wishes.iter().any(|wish| wish.open) || world.restored.get();
        if let Some(last) = wishes.last().filter(|_| one_device && !open)
            && favourites.contains(&(person, item)) != last.on
        {
            return Ok(Some(format!("a favourite of {person} is not as they last wished: {item}")));
        }
    }
    Ok(None)
}

/// Nobody has what they may not see, and what is counted is there.
async fn rights_and_counts(world: &World, devices: &[Device]) -> Result<Option<String>> {
    let (inside, blocks, seats) = world
        .with_server(async |server| {
            let mut tx = server.state().db.read().await?;
            let inside: Vec<(Uuid, Uuid)> =
                tx.fetch_all("SELECT room, person FROM room_person WHERE inside", []).await?;
            let blocks: Vec<(Uuid, Uuid)> = tx.fetch_all("SELECT blocker, blocked FROM block", []).await?;
            let seats: Vec<(i64, i64)> = tx
                .fetch_all(
                    "SELECT p.seats, (SELECT COUNT(*) FROM seat s WHERE s.post = p.id AND s.state = 'seated') \
                     FROM post p WHERE p.seats IS NOT NULL",
                    [],
                )
                .await?;
            Ok((inside.into_iter().collect::<HashSet<_>>(), blocks, seats))
        })
        .await?;
    if let Some((seats, seated)) = seats.iter().find(|(seats, seated)| seated > seats) {
        return Ok(Some(format!("{seated} people on {seats} seats")));
    }
    for device in devices {
        let handle = device.person().await.context("nobody is signed in")?;
        let me = world.people.iter().find(|person| person.handle == handle).context("a stranger")?.id;
        let parted: HashSet<String> = blocks
            .iter()
            .filter(|(one, other)| *one == me || *other == me)
            .map(|(one, other)| if *one == me { other } else { one }.to_string())
            .collect();
        let kept = kept(device)?;
        let mut comments: HashMap<&str, u64> = HashMap::new();
        for ((kind, id), item) in &kept.items {
            let author = item["author"]["id"].as_str().or(item["by"]["id"].as_str()).unwrap_or_default();
            let direct = kind.starts_with("room:");
            if parted.contains(author) && !direct {
                return Ok(Some(format!("{} ({handle}) sees {kind} {id} of a blocked person", device.name())));
            }
            if let Some((room, "message")) = kind.strip_prefix("room:").and_then(|kind| kind.split_once(' '))
                && !inside.contains(&(room.parse()?, me))
            {
                return Ok(Some(format!("{} ({handle}) has messages of a room it is not in", device.name())));
            }
            if let Some(post) = item["post"].as_str().filter(|_| kind.ends_with(" comment"))
                && (item["text"] != "" || item["author"] != Value::Null)
            {
                *comments.entry(post).or_default() += 1;
            }
        }
        for ((kind, id), item) in &kept.items {
            let listed = comments.get(id.as_str()).copied().unwrap_or_default();
            if kind.ends_with(" post") && item["comments"] != listed {
                let counted = &item["comments"];
                return Ok(Some(format!("{} ({handle}): {counted} comments on {id}, {listed} listed", device.name())));
            }
        }
    }
    Ok(None)
}
