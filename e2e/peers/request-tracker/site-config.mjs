/**
 * The configuration of one Request Tracker below `dir` that mails to a file and listens nowhere but on this machine.
 *
 * @param {string} dir
 * @param {number} port
 * @returns {string} RT_SiteConfig.pm
 */
export function siteConfig(dir, port) {
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    rtname: 'desk.example',
    Organization: 'desk.example',
    Timezone: 'UTC',
    OwnerEmail: 'root@desk.example',
    CorrespondAddress: 'orders@desk.example',
    CommentAddress: 'orders-note@desk.example',
    WebDomain: '127.0.0.1',
    WebPort: port,
    WebPath: '',
    WebBaseURL: url,
    WebURL: `${url}/`,
    DatabaseType: 'SQLite',
    DatabaseName: `${dir}/var/rt.sqlite`,
    // RT appends what it would send to a file below its var folder.
    MailCommand: 'mbox',
    LogToSTDERR: 'warning',
    WebSessionClass: 'Apache::Session::File',
    // A token is checked with bcrypt on every call; RT's own cost makes each take four times as long.
    BcryptCost: 10,
  };
  const lines = Object.entries(settings).map(
    ([name, value]) =>
      `Set($${name}, ${typeof value === 'number' ? value : `'${value.replace(/['\\]/g, '\\$&')}'`});`,
  );
  return [
    ...lines,
    'Set($LogToSyslog, undef);',
    'Set(%GnuPG, Enable => 0);',
    'Set(%SMIME, Enable => 0);',
    `$RT::VarPath = '${dir}/var'; $RT::MasonDataDir = '${dir}/mason'; $RT::MasonSessionDir = '${dir}/session';`,
    '1;',
    '',
  ].join('\n');
}
