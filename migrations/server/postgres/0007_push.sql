-- What a browser is told of, as JSON, and the time zone of its quiet hours.

ALTER TABLE push_subscription ADD COLUMN settings TEXT NOT NULL DEFAULT '{"kinds":"messages,meals,answers,reminders"}';
ALTER TABLE push_subscription ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';
CREATE INDEX push_subscription_session ON push_subscription (session);
