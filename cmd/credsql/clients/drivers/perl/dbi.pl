# Answers the test's requests, a JSON line each, through DBI; see ../README.md for the requests and answers.
# The one argument is the driver: mysql (DBD::mysql) or MariaDB (DBD::MariaDB).
use v5.36;
use DBI;
use JSON::PP;

my $driver = shift;
my $own    = lc $driver;    # how the driver's attributes begin
my $json   = JSON::PP->new->canonical->utf8;

sub connection ($to, %more) {
    my $dsn = "dbi:$driver:host=$to->{host};port=$to->{port};database=$to->{database}";
    $dsn .= ";${own}_ssl=1;${own}_ssl_ca_file=$to->{ca};${own}_ssl_verify_server_cert=1;${own}_ssl_optional=" . ($driver eq 'mysql' ? 1 : 0) if $to->{tls};
    $more{mysql_enable_utf8mb4} = 1 if $driver eq 'mysql';
    return DBI->connect($dsn, $to->{user}, $to->{password}, { RaiseError => 1, PrintError => 0, %more });
}

sub failure ($handle = undef) {
    my $message = $@;
    return { error => { code => 0 + ($DBI::err // 0), message => $DBI::errstr // $message } };
}

# A value of a row as its kind and its text. Perl's scalars have no types of their own.
sub cell ($v) { return defined $v ? [ 'text', "$v" ] : [ 'null', '' ] }

sub result ($s) {
    return { columns => [], types => [], rows => [] } unless $s->{NUM_OF_FIELDS};
    my %result = (columns => [ @{ $s->{NAME} } ], types => [ @{ $s->{"${own}_type_name"} } ], rows => []);
    while (my $row = $s->fetchrow_arrayref) { push @{ $result{rows} }, [ map { cell($_) } @$row ] }
    return \%result;
}

sub attempt ($ask) {
    return eval { $ask->() } // failure();
}

sub asked ($c, $sql) {
    return attempt(sub { my $s = $c->prepare($sql); $s->execute; result($s) });
}

sub give ($s, $at, $param) {
    my ($type, $text) = @$param{qw(type value)};
    my %types = (int => DBI::SQL_BIGINT, float => DBI::SQL_DOUBLE, bool => DBI::SQL_INTEGER);
    $text = undef if $type eq 'null';
    $text = $text eq 'true' ? 1 : 0 if $type eq 'bool';
    $s->bind_param($at, $text, $types{$type} // DBI::SQL_VARCHAR);
}

sub runs ($r, $server) {
    my $c = connection($r->{to}, "${own}_server_prepare" => $server, "${own}_server_prepare_disable_fallback" => $server);
    my $s = attempt(sub { $c->prepare($r->{sql}) });
    return { results => [ map { $s } @{ $r->{runs} } ] } if ref $s eq 'HASH';
    my @results;
    for my $run (@{ $r->{runs} }) {
        push @results, attempt(sub {
            give($s, $_ + 1, $run->[$_]) for 0 .. $#$run;
            $s->execute;
            result($s);
        });
    }
    return { results => \@results };
}

my %ops = (
    version => sub ($r) { return { value => DBI->install_driver($driver)->{Version} // eval "\$DBD::${driver}::VERSION" } },
    text    => sub ($r) {
        my $c = connection($r->{to});
        return { results => [ map { asked($c, $_) } @{ $r->{sqls} } ] };
    },
    prepared => sub ($r) { return runs($r, 1) },
    escaped  => sub ($r) { return runs($r, 0) },
    multi    => sub ($r) {
        my $c = connection($r->{to}, "${own}_multi_statements" => 1);
        my $s = $c->prepare($r->{sql});
        $s->execute;
        my @results;
        do { push @results, result($s) } while $s->more_results;
        return { results => \@results };
    },
    stream => sub ($r) {
        my $c = connection($r->{to});
        my $s = $c->prepare($r->{sql}, $driver eq 'mysql' ? { mysql_use_result => 1 } : {});    # DBD::MariaDB 1.22 finds no rows with it
        $s->execute;
        my ($count, $sum) = (0, 0);
        while (my $row = $s->fetchrow_arrayref) { $count++; $sum += $row->[0] }
        return { count => $count, sum => "$sum" };
    },
    kill => sub ($r) {
        my $c = connection($r->{to});
        my ($number) = $c->selectrow_array('SELECT connection_id()');
        my $child = fork // die 'no child';
        if (!$child) {
            $c->{InactiveDestroy} = 1;
            sleep 1;
            connection($r->{to})->do("KILL QUERY $number");
            exec 'true';    # without destructors
        }
        my $killed = asked($c, $r->{sql});
        waitpid $child, 0;
        return { results => [ $killed, asked($c, 'SELECT 1') ] };
    },
    session => sub ($r) {
        my $c   = connection($r->{to});
        my %out = (ping => $c->ping ? 'ok' : 'dead', statistics => $c->{"${own}_stat"}, server => $c->{"${own}_serverinfo"});
        ($out{database}) = $c->selectrow_array('SELECT DATABASE()');
        return { session => \%out };
    },
    browse => sub ($r) {
        my $c       = connection($r->{to});
        local $c->{RaiseError} = 0;    # it complains about JSON, which it does not know, and goes on
        my $columns = $c->column_info(undef, undef, 'iam_credential_report', '%')->fetchall_arrayref({});
        return {
            databases => [ $driver eq 'mysql' ? () : map { s/.*://r } $c->data_sources ],
            tables    => [ map { s/.*\.//r =~ tr/`//dr } $c->tables(undef, 'aws', '%', 'TABLE') ],
            columns   => [ map { [ $_->{COLUMN_NAME}, $_->{TYPE_NAME}, $_->{NULLABLE} ? 'NULL' : 'NOT NULL', $_->{REMARKS} // '' ] } @$columns ],
            notes     => [ 'key ' . join(' ', $c->primary_key(undef, 'aws', 'iam_credential_report')) ],
        };
    },
);

$| = 1;
while (my $line = <STDIN>) {
    my $r = $json->decode($line);
    my $op = $ops{ $r->{op} };
    my $answer = eval { $op->($r) } // failure();
    print $json->encode($answer), "\n";
}
