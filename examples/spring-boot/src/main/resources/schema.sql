create table if not exists message(id varchar(36) primary key, text varchar(1000) not null);
create table if not exists digest(slot timestamp with time zone not null, instance varchar(50) not null, messages bigint not null);
