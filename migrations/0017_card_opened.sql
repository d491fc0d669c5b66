-- When a card was first opened, and when the picture code was chosen with it: whoever
-- has a card that is new chooses the code, so the adults are told when that was.
alter table card add column first_used_at bigint;
alter table card add column chose_code_at bigint;
update card set first_used_at = last_used_at;
