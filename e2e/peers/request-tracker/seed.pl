# What the Request Tracker of the tests holds, in RT's "initialdata" form; read by rt-setup-database --action insert.
# Customers are those of the demo shop, so that their orders are known too.
our @Users = (
  ( map { { Name => $_->[0], RealName => $_->[1], EmailAddress => "$_->[0]\@desk.example", Privileged => 1, Password => $ENV{PEER_PASSWORD} } }
      [ 'rhea', 'Rhea Stone' ], [ 'omar', 'Omar Haddad' ] ),
  ( map { { Name => $_->[0], RealName => $_->[1], EmailAddress => $_->[0], Privileged => 0, Password => $ENV{PEER_PASSWORD} } }
      [ 'femke.devries@example.com', 'Femke de Vries' ], [ 'thijs.bakker@example.com', 'Thijs Bakker' ] ),
);

our @Groups = ( { Name => 'Reps', Members => { Users => [ 'rhea', 'omar' ] } } );

our @Queues = map { { Name => $_, CorrespondAddress => lc($_) . '@desk.example', CommentAddress => lc($_) . '-note@desk.example' } }
  ( 'Orders', "Driver's desk" );

our @CustomFields = (
  { Name => 'Order number', Type => 'FreeformSingle', LookupType => 'RT::Queue-RT::Ticket', Queue => [ 'Orders' ] },
);

our @ACL = (
  ( map { { GroupDomain => 'UserDefined', GroupId => 'Reps', Right => $_ } }
      qw(SeeQueue ShowTicket ShowTicketComments CreateTicket ReplyToTicket CommentOnTicket ModifyTicket OwnTicket TakeTicket SeeCustomField
         ModifyCustomField ShowOutgoingEmail ManageAuthTokens ModifySelf ShowUserHistory) ),
  ( map { { GroupDomain => 'SystemInternal', GroupType => 'Everyone', Right => $_ } }
      qw(CreateTicket ReplyToTicket SetInitialCustomField) ),
  ( map { { GroupDomain => 'RT::System-Role', GroupType => 'Requestor', Right => $_ } } qw(ShowTicket SeeQueue ReplyToTicket) ),
);

our @Final = ( sub {
  open my $out, '>', $ENV{PEER_TOKENS} or die "tokens: $!";
  for my $name (qw(rhea omar)) {
    my $user = RT::User->new( RT->SystemUser );
    $user->Load($name);
    my ( $ok, $why, $token ) = RT::AuthToken->new( RT->SystemUser )->Create( Owner => $user->Id, Description => 'Cuecard' );
    die "token of $name: $why" unless $ok;
    print {$out} "$name $token\n";
  }
  close $out;
} );
1;
