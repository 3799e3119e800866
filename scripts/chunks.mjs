// Which module of src/ comes into which chunk of dist/: the first chunk with a fitting pattern has it, what fits none goes where
// rolldown puts it. `*` is any name or part of one, `{a,b}` either, `!` takes out again; in the name of a chunk `*` is that of the
// module.
//
// Chunks named `late-` hold what a short run does without: the loader fetches one when something of its is first used, so
// nothing of theirs may be used while modules are loaded, nor once for each row of a listing. Each file costs a start 50 us.
//
// A module that is loaded by import() and stands with others in a chunk needs a helper of rolldown's, which is in main as long as
// all such chunks need main: the build must not make a rolldown-runtime.cjs.

import {basename} from 'node:path';

/** Patterns by chunk. */
const table = {
  // Changes and details of routes: not needed to list plain ones.
  'late-route': [
    'ops/route{Encap*,Change,Get,Save}',
    'rtnetlink/{ila,route/{encap,srh},nexthop/schema}',
    'iproute/views/{nexthop,routeEncap}',
    'view/general',
  ],
  // Words of routes and rules.
  'late-routewords': ['ops/route{Table,Values,Selector}'],
  // Numbers of namespaces.
  'late-nsid': ['rtnetlink/nsid/{schema,requests}'],
  // What knows a VRF, and what `netns exec` and `vrf exec` do before a program runs.
  'late-vrf': ['ops/{program,vrf{,Exec,Program}}', 'rtnetlink/link/vrfLink'],
  // The message of links with their details, and how these are shown.
  'late-link': ['rtnetlink/link/{requests,schema,attributes,family,stats,vf}'],
  'late-linkviews': ['iproute/views/link{Details,Vf,Xdp,Statistics}'],
  'late-linkchange': [
    'ops/link{Spec,Request,Values,Vf,Property,Xstats,Netns}',
    'rtnetlink/link/statsMessage',
    'iproute/views/linkXstats',
  ],
  // Kinds of links: their tables with what several of them use, and a chunk for each with its attributes, words and fields.
  'late-kinds': [
    'rtnetlink/link/kinds/{table,bondWords}',
    'ops/kinds/{table,kind,values,tunnel,tunnelIp6,udpTunnel,greFlow}',
    'iproute/views/kinds/{table,info,values,tunnel,tunnelIp6,accounts}',
  ],
  'late-kind-*': ['{rtnetlink/link,ops,iproute/views}/kinds/*'],
  // What listings of addresses and rules do without.
  'late-address': ['ops/address{Options,Dump,Flush}'],
  'late-rule': ['ops/rule{Save,Change}'],
  'late-core': [
    'errors',
    'errno',
    'ss/misuse',
    'ops/{refusal,flushRounds,device,savedFile,bpfProgram}',
    'netlink/{compile,blame}',
    'view/{compile,json}',
    'grammar/{values,numbers,time,format,help,nested}',
    'addr/{iproute,lladdr,prefix}',
    'rtnetlink/prefix',
    'names/{services,etherTypes,netlinkProtocols}',
  ],

  // An object or a listing each.
  routeMessages: ['rtnetlink/route/{schema,requests}'],
  routes: ['ops/route{,Show,Filter}', 'iproute/route', 'iproute/views/{route*,encap}'],
  addresses: ['ops/address{,Usage}', 'iproute/{,views/}address'],
  link: ['ops/link{,Show}', 'iproute/{link,views/linkAfstats}'],
  neighbours: ['ops/neigh*', 'iproute/{,views/}neigh', 'rtnetlink/neigh/{requests,schema}'],
  rules: ['ops/rule{,Values,Show}', 'iproute/{,views/}rule', 'rtnetlink/rule/{requests,schema}'],
  nexthop: ['{iproute,ops}/nexthop', 'ops/nexthopSpec', 'rtnetlink/nexthop/requests'],
  netns: ['iproute/{,views/}netns', 'ops/netns{,Exec,Ids,Monitor}'],
  xfrm: ['{iproute,iproute/views,ops}/xfrm*', 'rtnetlink/xfrm/*'],
  sockets: [
    'ss/{tables,run,listing,options,refusal,inetTable,inetRow,inetPlainRow,context,procFiles,ports,cells,bothFamilies}',
    'sockdiag/{constants,inet,oldRequests,requests,littleEndian,states,tcpInfo}',
    'procfs/{scan,portRange}',
    'view/{columns,growing}',
  ],

  // What several listings share: those of links and addresses, with those of ifconfig or without.
  links: ['rtnetlink/{address/{requests,schema},link/{plain,xdp}}'],
  listings: ['ops/{linkRows,address{Show,Flags,Spec}}', 'iproute/views/link{,Names}'],
  counters: ['rtnetlink/link/counters'],
  // Namespaces with a name.
  namespaces: ['rtnetlink/netns'],
  // What all programs but ip read their words and files with.
  tools: ['grammar/getopt', 'nettools/{cNumbers,errors,resolve,session,words,views/mask}'],
  // Listings of interfaces; `arp` takes its names of hardware from there.
  interfaces: [
    'nettools/{hardware,interfaceNames,ifconfig,interfaces,views/{interface,interfaceTable,media}}',
    'procfs/inet6Addresses',
  ],

  // Besides these, all that cli/main imports. Each function costs every start 0.6 us, used or not, for V8 reads its name and
  // place from the code cache.
  main: [
    '{addr,names,view,grammar}/*',
    '!grammar/complete',
    '!view/outputs',
    'rtnetlink/{constants,request,words,linkCache,link/name}',
    'ops/{dryRun,echo,glob,master}',
    'iproute/echo',
    'procfs/file',
  ],

  // What `route` and `netstat -r` need beyond that.
  nettools: [
    'nettools/{familyWords,netstat,netstatOptions,netstatRoutes,route,routeLines,showRoutes,table,views/route*}',
  ],
  // What changes of `route` and of `ifconfig` need.
  toolChanges: ['nettools/{families,foreignAddress,permission,prefixMask,settingAddress}'],
  ifconfigSettings: ['nettools/ifconfig{Alias,Settings,Inet6,Usage,Words,Driver}', 'nettools/oldCalls'],
  routeChange: ['nettools/{routeChange,routeArgs,routeArgs6,translate}'],
  // Details of a row of `ss`: functions called for each field must not be reached through another chunk's getters.
  inetDetails: ['ss/{inetDetails,tcpInfo,tcpUlp,decimal,digits}'],
};

const source = pattern =>
  pattern.replace(/[{},*]/g, sign => ({'{': '(?:', '}': ')', ',': '|', '*': '\\w*'})[sign] ?? sign);
const fitting = patterns => new RegExp(`/src/(?:${patterns.map(source).join('|')})\\.ts$`);

/** Whether a chunk is fetched when something of it is first used. */
export const isLate = name => name.startsWith('late-');

/** Chunks in order: `test` tells whether a module, by its full path, belongs there, and `name` may be a function of that path. */
export const chunks = Object.entries(table).map(([name, patterns]) => {
  const takes = fitting(patterns.filter(pattern => !pattern.startsWith('!')));
  const leaves = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => fitting([pattern.slice(1)]));
  return {
    isLate: isLate(name),
    debugName: name,
    name: name.includes('*') ? id => name.replace('*', basename(id, '.ts')) : name,
    test: id => takes.test(id) && !leaves.some(left => left.test(id)),
  };
});
