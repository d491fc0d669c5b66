-- A reply to a young person in the language of their answer, as an adult says it with whom
-- that stands shared: of the reply that was given then. Gone when the answer is taken back.
create table reply_translation (
  id text not null primary key,
  answer_id text not null references shared_answer (id),
  reply_at bigint not null,
  language text not null,
  words text not null,
  by_whom text not null references person (id),
  at bigint not null
);

create index reply_translation_by_reply on reply_translation (answer_id, reply_at, at);
