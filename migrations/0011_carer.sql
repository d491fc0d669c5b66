-- Somebody's word that an action of theirs is done. It is kept beside the plan: a plan
-- that is agreed takes no edits, and one that is being signed would lose its signatures.
create table action_done (
  plan_id text not null references plan (id),
  action text not null,
  by_whom text not null,
  at bigint not null,
  primary key (plan_id, action, by_whom)
);
