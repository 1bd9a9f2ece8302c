/**
 * Every problem that the server can answer (RFC 9457): code → HTTP status and the words for the person who caused it.
 * `{name}` is filled from the problem's details. Screens translate by code; the server fills `title` and `detail` by
 * Accept-Language, so that a script or another system reads the same words.
 */
export const problems = {
  'platform.invalid_input': { status: 422, zh: '填写的内容有误：{where}', en: 'The input is not valid: {where}' },
  'platform.malformed_body': { status: 400, zh: '请求内容无法读取', en: 'The request body cannot be read' },
  'platform.not_found': { status: 404, zh: '没有找到', en: 'Not found' },
  'platform.no_such_endpoint': { status: 404, zh: '没有这个接口：{path}', en: 'No such endpoint: {path}' },
  'platform.body_too_large': {
    status: 413,
    zh: '内容太大，上限 {limit}',
    en: 'The body is too large; the limit is {limit}',
  },
  'platform.too_many_requests': {
    status: 429,
    zh: '操作太频繁，请 {seconds} 秒后再试',
    en: 'Too many requests; try again in {seconds} seconds',
  },
  'platform.idempotency_key_missing': {
    status: 400,
    zh: '缺少 Idempotency-Key',
    en: 'The Idempotency-Key header is missing',
  },
  'platform.idempotency_key_reused': {
    status: 409,
    zh: '同一个 Idempotency-Key 用在了不同的内容上',
    en: 'The same Idempotency-Key was used for different content',
  },
  'platform.busy': { status: 503, zh: '系统正忙，请稍后再试', en: 'The system is busy; please try again' },
  'platform.internal': {
    status: 500,
    zh: '系统出错了，已记录。请联系管理员并告知编号 {reference}',
    en: 'Something failed on our side and was logged. Quote {reference} to the administrator',
  },

  'identity.not_signed_in': { status: 401, zh: '请先登录', en: 'Please sign in' },
  'identity.wrong_credentials': { status: 401, zh: '用户名或密码不对', en: 'Wrong user name or password' },
  'identity.locked': {
    status: 429,
    zh: '密码连续输错，账号已锁定，请 {minutes} 分钟后再试',
    en: 'Locked after repeated wrong passwords; try again in {minutes} minutes',
  },
  'identity.not_permitted': {
    status: 403,
    zh: '您没有“{permission}”的权限，请联系本单位管理员',
    en: 'You do not have the permission “{permission}”; ask your administrator',
  },
  'identity.wrong_origin': { status: 403, zh: '请求来源不被允许', en: 'The request comes from a foreign origin' },
  'identity.setup_done': {
    status: 409,
    zh: '初始设置已经完成，链接失效',
    en: 'The first set-up is done; the link is spent',
  },
  'identity.setup_token_wrong': {
    status: 403,
    zh: '设置链接无效或已过期',
    en: 'The set-up link is wrong or has expired',
  },
  'identity.password_weak': {
    status: 422,
    zh: '密码太简单：至少 {length} 位，大写、小写、数字、符号至少 {kinds} 种',
    en: 'The password is too weak: at least {length} characters, of upper case, lower case, digits and signs at least {kinds} kinds',
  },
  'identity.login_name_taken': {
    status: 409,
    zh: '用户名“{loginName}”已被占用',
    en: 'The user name “{loginName}” is taken',
  },
  'identity.roles_conflict': {
    status: 422,
    zh: '系统、安全、审计管理员不能由同一人担任',
    en: 'System, security and audit administration cannot be held together',
  },
  'identity.scope_missing': {
    status: 422,
    zh: '角色“{role}”需要指定{needs}',
    en: 'The role “{role}” needs a {needs}',
  },

  'grids.point_outside': {
    status: 422,
    zh: '这个位置不在本平台服务范围内。最近的是{nearest}，相距约 {metres} 米',
    en: 'This place is outside the area served. The nearest grid is {nearest}, about {metres} m away',
  },
  'grids.unknown_grid': { status: 422, zh: '没有这个网格', en: 'No such grid' },
  'grids.unknown_unit': { status: 422, zh: '没有这个单位', en: 'No such unit' },

  'files.too_large': {
    status: 413,
    zh: '照片太大（上限 {limit}），请压缩后再传',
    en: 'The photo is too large (limit {limit}); please shrink it',
  },
  'files.not_an_image': {
    status: 415,
    zh: '这个文件不是照片，请上传 JPEG、PNG 或 WebP 图片',
    en: 'This file is not a photo; please send a JPEG, PNG or WebP picture',
  },
  'files.unreadable_image': {
    status: 422,
    zh: '照片已损坏，无法打开',
    en: 'The photo is damaged and cannot be opened',
  },
  'files.id_taken': { status: 409, zh: '这个编号已用于另一个文件', en: 'This id belongs to another file' },
  'files.unknown_upload': {
    status: 422,
    zh: '照片没有上传成功，请重新上传',
    en: 'A photo has not arrived; please upload it again',
  },
  'files.disk_full': { status: 507, zh: '服务器存储空间不足，请联系管理员', en: 'The server is out of storage space' },

  'intake.words_too_long': {
    status: 422,
    zh: '文字太长：{length} 字，上限 {limit} 字',
    en: 'The text is too long: {length} characters, the limit is {limit}',
  },
  'intake.nothing_reported': {
    status: 422,
    zh: '请写几句话或拍一张照片',
    en: 'Please write a few words or take a photo',
  },
  'intake.place_missing': { status: 422, zh: '请选择地点', en: 'Please choose a place' },
  'intake.unknown_receipt': {
    status: 404,
    zh: '编号或查询码不对',
    en: 'The number or the query code is wrong',
  },
  'intake.receipt_locked': {
    status: 429,
    zh: '查询码连续输错，请 {minutes} 分钟后再试',
    en: 'Too many wrong query codes; try again in {minutes} minutes',
  },

  'cases.unknown_category': { status: 422, zh: '没有这个问题类别：{code}', en: 'No such category: {code}' },
  'cases.unknown_condition': {
    status: 422,
    zh: '这个立案条件不属于所选类别',
    en: 'This filing condition does not belong to the chosen category',
  },
  'cases.version_moved': {
    status: 409,
    zh: '{by}刚刚{at}已“{action}”，案卷现为“{state}”。请看过最新情况再操作',
    en: 'At {at} {by} already did “{action}”; the case is now “{state}”. Look at it again before you act',
  },
  'cases.action_not_possible': {
    status: 409,
    zh: '案卷现为“{state}”，不能“{action}”',
    en: 'The case is “{state}”; “{action}” is not possible now',
  },
  'cases.checker_is_handler': {
    status: 403,
    zh: '核查人不能是处置人或处置单位的人',
    en: 'Whoever handled the case, or belongs to the unit that did, cannot check it',
  },
  'cases.not_your_unit': {
    status: 403,
    zh: '这件案卷没有交办给您的单位',
    en: 'This case was not dispatched to your unit',
  },
  'cases.not_your_check': { status: 403, zh: '这项核查任务派给了别人', en: 'This check was given to somebody else' },
  'cases.unsuitable_checker': {
    status: 422,
    zh: '这个人不能核查本案：不在本街道、没有核查职责，或与处置单位有关',
    en: 'This person cannot check this case: other town, no checking duty, or of the handling unit',
  },
  'cases.contest_too_late': {
    status: 409,
    zh: '办结已超过 {days} 天，不能再提出异议，请重新反映',
    en: 'It was closed more than {days} days ago; please report it anew',
  },
  'cases.contested_before': {
    status: 409,
    zh: '您已经提出过一次异议，这次的结果为最终结果。如问题再次出现请重新反映',
    en: 'You have contested this once already; report anew if the problem returns',
  },
  'cases.photo_required': {
    status: 422,
    zh: '这类问题反馈时需要处置后的照片：{reason}',
    en: 'This kind of problem needs a photo after handling: {reason}',
  },
  'identity.password_reused': {
    status: 422,
    zh: '不能使用最近 {count} 次用过的密码',
    en: 'One of the last {count} passwords cannot be used again',
  },
  'identity.password_owed': {
    status: 403,
    zh: '请先修改密码，再继续使用',
    en: 'Change your password first, then go on',
  },
  'identity.codes_owed': {
    status: 403,
    zh: '您的岗位必须绑定动态口令。请先绑定，再继续使用',
    en: 'Your role needs one-time codes. Set them up first, then go on',
  },
  'identity.code_needed': {
    status: 401,
    zh: '请输入动态口令',
    en: 'Please type the one-time code',
  },
  'identity.code_wrong': {
    status: 401,
    zh: '动态口令不对或已用过，请等下一个',
    en: 'The code is wrong or was used already; wait for the next one',
  },
  'identity.codes_off': {
    status: 409,
    zh: '本系统没有启用动态口令',
    en: 'One-time codes are switched off here',
  },
  'identity.codes_required': {
    status: 409,
    zh: '您的岗位必须使用动态口令，不能解除',
    en: 'Your role needs one-time codes; they cannot be removed',
  },
  'identity.codes_set_up': {
    status: 409,
    zh: '动态口令已经绑定。要换手机请先解除',
    en: 'One-time codes are set up already. To change the phone, remove them first',
  },
  'identity.not_your_own': {
    status: 403,
    zh: '不能更改自己的授权，也不能停用自己。请由另一位安全管理员操作',
    en: 'Nobody changes his own grants or disables himself: ask another security administrator',
  },
  'identity.no_grants_left': {
    status: 422,
    zh: '账号至少要有一项授权。不再使用的账号请停用',
    en: 'An account holds at least one grant. Disable it when it is no longer used',
  },
  'identity.policy_moved': {
    status: 409,
    zh: '安全策略刚刚被别人改过，请看过最新内容再改',
    en: 'Somebody has just changed the policy; look at it again before you change it',
  },
  'identity.policy_invalid': {
    status: 422,
    zh: '单点登录的设置不完整：发行方网址（https）、客户端编号和密钥都要填写',
    en: 'Single sign-on is incomplete: issuer (https), client id and secret are all needed',
  },
  'identity.oidc_off': {
    status: 404,
    zh: '本系统没有启用单点登录',
    en: 'Single sign-on is switched off here',
  },
  'identity.oidc_unreachable': {
    status: 502,
    zh: '统一身份认证服务没有回应，请稍后再试或用密码登录',
    en: 'The sign-on service does not answer; try later or use your password',
  },
  'identity.oidc_refused': {
    status: 403,
    zh: '单点登录没有成功，请再试一次',
    en: 'Single sign-on did not succeed; please try again',
  },
  'identity.oidc_unknown': {
    status: 403,
    zh: '您的统一身份没有对应的账号，请联系安全管理员',
    en: 'No account here belongs to your sign-on; ask the security administrator',
  },
  'identity.export_too_large': {
    status: 422,
    zh: '符合条件的记录超过 {limit} 条，请缩小时间范围',
    en: 'More than {limit} entries match; narrow the time range',
  },
  'grids.no_such_version': { status: 404, zh: '没有这个划分版本', en: 'No such version of the division' },
  'grids.draft_exists': {
    status: 409,
    zh: '已有草案（第 {number} 版，{author}）。请在它上面继续，或先放弃它',
    en: 'There is a draft already (version {number} by {author}). Go on with it, or discard it first',
  },
  'grids.not_a_draft': {
    status: 409,
    zh: '这个版本已经发布或放弃，不能再改',
    en: 'This version has been published or discarded and cannot be changed',
  },
  'grids.locked': {
    status: 409,
    zh: '{name}正在编辑，编辑权保留到 {until}。之后您可以接手',
    en: '{name} is editing until {until}. After that you can take over',
  },
  'grids.draft_moved': {
    status: 409,
    zh: '草案已有新的改动，请看过最新情况再操作',
    en: 'The draft has moved on; look at it again before you act',
  },
  'grids.edit_refused': { status: 422, zh: '{reason}', en: '{reasonEn}' },
  'grids.has_problems': {
    status: 422,
    zh: '还有 {count} 个问题没有解决，不能发布。第一个：{first}',
    en: '{count} problems stand against publishing. The first: {firstEn}',
  },
  'grids.day_passed': {
    status: 422,
    zh: '生效日期不能早于今天（{today}）',
    en: 'It cannot hold from a day before today ({today})',
  },
  'grids.day_taken': {
    status: 422,
    zh: '生效日期须晚于第 {number} 版的 {day}',
    en: 'It must begin after {day}, the first day of version {number}',
  },
  'grids.file_refused': { status: 422, zh: '{reason}', en: '{reasonEn}' },
  'grids.import_has_errors': {
    status: 422,
    zh: '有 {count} 行不能导入，先改正或只导入其余各行',
    en: '{count} rows cannot be imported; correct them first',
  },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

export type ProblemCode = keyof typeof problems;

/** What any endpoint may answer besides its own problems. */
export const commonProblems = [
  'platform.invalid_input',
  'platform.malformed_body',
  'platform.body_too_large',
  'platform.too_many_requests',
  'platform.busy',
  'platform.internal',
] as const satisfies readonly ProblemCode[];

interface Refusing {
  readonly method: string;
  readonly access: string;
  readonly idempotent?: 'required' | 'optional';
  readonly whileOwing?: true;
  readonly problems: readonly ProblemCode[];
}

/** Everything that an endpoint can answer instead of its reply: its own problems, and those that the wrapper answers for it. */
export function problemsOf({
  method,
  access,
  idempotent,
  whileOwing,
  problems: own,
}: Refusing): readonly ProblemCode[] {
  const guarded = access !== 'public' && access !== 'receipt';
  const codes: ProblemCode[] = [...own, ...commonProblems];
  if (guarded) codes.push('identity.not_signed_in');
  if (guarded && access !== 'signed_in') codes.push('identity.not_permitted');
  if (guarded && whileOwing !== true) codes.push('identity.password_owed', 'identity.codes_owed');
  if (method !== 'GET') codes.push('identity.wrong_origin');
  if (idempotent !== undefined) codes.push('platform.idempotency_key_reused');
  if (idempotent === 'required') codes.push('platform.idempotency_key_missing');
  return [...new Set(codes)];
}

export type ProblemDetails = Readonly<Record<string, string | number>>;

/** RFC 9457 body. `errors` lists the fields of an invalid input; `reference` finds the log line of an internal error. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly details?: ProblemDetails;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export type Locale = 'zh' | 'en';

/** The problem's words in one language, its placeholders filled. Unknown placeholders stay visible rather than vanish. */
export function problemText(code: ProblemCode, locale: Locale, details: ProblemDetails = {}): string {
  return problems[code][locale].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
