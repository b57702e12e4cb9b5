create table if not exists vloop_loops (
    task_name varchar(100) not null,
    task_instance varchar(250) character set utf8mb4 collate utf8mb4_bin not null,
    task_data blob,
    execution_time datetime(6) not null,
    picked boolean not null,
    picked_by varchar(50),
    last_success datetime(6) null,
    last_failure datetime(6) null,
    consecutive_failures int,
    last_heartbeat datetime(6) null,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance),
    index vloop_loops_execution_time (execution_time),
    index vloop_loops_last_heartbeat (last_heartbeat)
);
