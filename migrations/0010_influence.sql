-- What a young person's words come to: how an answer was given, taking it back once the
-- meeting has begun, what they say to a reply, and what they say to their plan.

-- Who helped, who typed, and whether they checked it; nothing where they said nothing.
alter table shared_answer add column helper text;
alter table shared_answer add column helper_name text;
alter table shared_answer add column typed_by text;
alter table shared_answer add column checked bigint;

-- When they asked to take it back, the meeting having begun; and who then closed it for
-- everyone, which sets `withdrawn_at`.
alter table shared_answer add column asked_back_at bigint;
alter table shared_answer add column hidden_by text;

-- When it was closed for one of those it was shared with.
alter table shared_with add column hidden_at bigint;

-- The day by which what was replied is to happen.
alter table reply add column due text;

-- What a young person said to a reply: that which was given at `reply_at`. Rows are
-- only added; the latest stands.
create table answered_back (
  id text not null primary key,
  answer_id text not null references shared_answer (id),
  reply_at bigint not null,
  ok bigint not null,
  words text not null,
  at bigint not null
);

create index answered_back_by_answer on answered_back (answer_id, at);

-- That a young person has seen a plan, and what they say to it. Rows are only added.
create table seen_plan (
  id text not null primary key,
  plan_id text not null references plan (id),
  says text not null,
  words text not null,
  at bigint not null
);

create index seen_plan_by_plan on seen_plan (plan_id, at);
