# Holds sockets of families and protocols that node cannot open, then makes the file /run/ready. Numbers are those of the
# kernel's headers, structures are packed by hand; perl is on every Debian.
use strict;
use warnings;

my ($INET, $INET6, $PACKET, $TIPC, $VSOCK) = (2, 10, 17, 30, 40);
my ($STREAM, $DGRAM, $RAW, $RDM, $SEQPACKET, $DCCP) = (1, 2, 3, 4, 5, 6);
my $NONBLOCK = 0x800;
my @held;

sub made {
    my ($family, $type, $protocol) = @_;
    socket(my $socket, $family, $type, $protocol) or die "socket @_: $!";
    push @held, $socket;
    return $socket;
}
sub option {
    my ($socket, $level, $name, $value) = @_;
    setsockopt($socket, $level, $name, $value) or die "setsockopt $level $name: $!";
}
sub bound { bind($_[0], $_[1]) or die "bind: $!"; return $_[0] }
sub listening { bound(@_); listen($_[0], 7) or die "listen: $!"; return $_[0] }
sub connected { connect($_[0], $_[1]) or die "connect: $!"; return $_[0] }
sub accepted {
    accept(my $peer, $_[0]) or die "accept: $!";
    push @held, $peer;
    return $peer;
}

sub inet { pack 'Sna4x8', $INET, $_[1], pack 'C4', split /\./, $_[0] }
sub inet6 { pack 'SnNa16L', $INET6, $_[1], 0, $_[0], 0 }
my $loopback6 = pack 'x15C', 1;
sub vsock { pack 'SSLLx4', $VSOCK, 0, $_[1], $_[0] }
sub tipc { pack 'SCcLLL', $TIPC, @_ }

# vsock: 1 is this machine itself, all ones are any.
my $any = 0xffffffff;
my $vsock = listening(made($VSOCK, $STREAM, 0), vsock($any, 777));
connected(made($VSOCK, $STREAM, 0), vsock(1, 777));
shutdown accepted($vsock), 1;
listening(made($VSOCK, $SEQPACKET, 0), vsock(1, 779));

# SCTP: one to one, one to many with two associations, two addresses.
my ($SCTP, $MPTCP) = (132, 262);
my $one = listening(made($INET, $STREAM, $SCTP), inet('127.0.0.1', 5001));
connected(bound(made($INET, $STREAM, $SCTP), inet('127.0.0.1', 5101)), inet('127.0.0.1', 5001));
accepted($one);
listening(made($INET, $SEQPACKET, $SCTP), inet('0.0.0.0', 5002));
connected(bound(made($INET, $STREAM, $SCTP), inet('127.0.0.1', 5102)), inet('127.0.0.1', 5002));
connected(bound(made($INET, $SEQPACKET, $SCTP), inet('192.168.1.1', 5103)), inet('192.168.1.1', 5002));
listening(made($INET6, $STREAM, $SCTP), inet6($loopback6, 5003));
bound(made($INET6, $SEQPACKET, $SCTP), inet6($loopback6, 5004));

# DCCP: a service is of four letters.
sub service { option($_[0], 269, 2, 'test'); return $_[0] }
my $dccp = listening(service(made($INET, $DCCP, 33)), inet('127.0.0.1', 5001));
connected(service(bound(made($INET, $DCCP, 33), inet('127.0.0.1', 5101))), inet('127.0.0.1', 5001));
accepted($dccp);
listening(service(made($INET6, $DCCP, 33)), inet6($loopback6, 5003));

# TIPC: a service range, a connection to it, sockets of the other types.
my $tipc = listening(made($TIPC, $STREAM, 0), tipc(1, 2, 18888, 17, 19));
# Connecting ends with being accepted.
connect(made($TIPC, $STREAM | $NONBLOCK, 0), tipc(2, 0, 18888, 18, 0));
accepted($tipc);
bound(made($TIPC, $SEQPACKET, 0), tipc(1, 3, 18889, 1, 1));
made($TIPC, $RDM, 0);
made($TIPC, $DGRAM, 0);

# MPTCP, with bytes that nobody reads.
my $mptcp = listening(made($INET, $STREAM, $MPTCP), inet('127.0.0.1', 6001));
syswrite connected(bound(made($INET, $STREAM, $MPTCP), inet('127.0.0.1', 6101)), inet('127.0.0.1', 6001)), 'unread';
accepted($mptcp);

# Raw sockets by protocol.
bound(made($INET, $RAW, 1), inet('127.0.0.1', 0));
connected(made($INET, $RAW, 253), inet('192.168.1.1', 0));
made($INET, $RAW, 255);
made($INET6, $RAW, 58);
connected(made($INET6, $RAW, 17), inet6($loopback6, 0));

# TCP with algorithms that tell of themselves, with keys, with TLS.
my $TCP = 6;
my $port = 7000;
for my $algorithm ('vegas', 'dctcp', 'bbr') {
    $port++;
    my $server = listening(made($INET, $STREAM, 0), inet('127.0.0.1', $port));
    my $client = bound(made($INET, $STREAM, 0), inet('127.0.0.1', $port + 100));
    option($client, $TCP, 13, $algorithm);
    syswrite connected($client, inet('127.0.0.1', $port)), 'unread';
    accepted($server);
}
my $keys = made($INET, $STREAM, 0);
for (['127.0.0.9', 'secret, key'], ['10.0.0.1', 'other']) {
    option($keys, $TCP, 14, pack 'a128CCSla80', inet($_->[0], 0), 0, 0, length $_->[1], 0, $_->[1]);
}
listening($keys, inet('127.0.0.1', 7010));
my $server = listening(made($INET, $STREAM, 0), inet('127.0.0.1', 7011));
my $tls = connected(bound(made($INET, $STREAM, 0), inet('127.0.0.1', 7111)), inet('127.0.0.1', 7011));
accepted($server);
option($tls, $TCP, 31, 'tls');
# TLS 1.2 with AES-GCM-128: initial vector, key, salt, number of the first record.
option($tls, 282, $_, pack 'SSa8a16a4a8', 0x303, 51, 'vector', 'key', 'salt', '') for 1, 2;

# Packet sockets with a ring, a fan-out group and a filter.
sub packet { pack 'SnlSCCa8', $PACKET, $_[0], $_[1], 0, 0, 0, '' }
my $ring = made($PACKET, $RAW, 0);
option($ring, 263, 10, pack 'l', 1);
option($ring, 263, 5, pack 'LLLL', 4096, 8, 2048, 16);
bound($ring, packet(0x800, 1));
my $fanout = bound(made($PACKET, $DGRAM, 0), packet(3, 2));
option($fanout, 263, 18, pack 'SS', 99, 2);
my $filter = pack('SCCL', 0x28, 0, 0, 12) . pack('SCCL', 0x15, 0, 1, 0x800) . pack('SCCL', 6, 0, 0, 0xffff) . pack('SCCL', 6, 0, 0, 0);
option($fanout, 1, 26, pack 'Sx6P', 4, $filter);

open my $ready, '>', '/run/ready' or die $!;
close $ready;
sleep 600;
