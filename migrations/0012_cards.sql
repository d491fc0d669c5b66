-- A card that opens a young person's own page: a secret in a printed code. Only its
-- hash is kept. What is stopped or over opens nothing; the row stays, so that adults
-- see who made it and when it was last used.
create table card (
  id text not null primary key,
  child_id text not null references child (id),
  plan_id text not null references plan (id),
  token_hash text not null unique,
  made_by text not null references person (id),
  made_at bigint not null,
  ends_on text not null,
  stopped_at bigint,
  last_used_at bigint,
  tries bigint not null
);

create index card_by_child on card (child_id);

-- The card that a sitting was opened with; none where the tablet was handed over.
alter table session add column card_id text references card (id);
create index session_by_card on session (card_id);
