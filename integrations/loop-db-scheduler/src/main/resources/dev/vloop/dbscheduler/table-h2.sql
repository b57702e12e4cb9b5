create table if not exists vloop_loops (
    task_name varchar(100) not null,
    task_instance varchar(250) not null,
    task_data varbinary(4000),
    execution_time timestamp(9) with time zone not null,
    picked boolean not null,
    picked_by varchar(50),
    last_success timestamp(9) with time zone,
    last_failure timestamp(9) with time zone,
    consecutive_failures int,
    last_heartbeat timestamp(9) with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);
create index if not exists vloop_loops_execution_time on vloop_loops (execution_time);
create index if not exists vloop_loops_last_heartbeat on vloop_loops (last_heartbeat);
