// Elsa Studio speaks English only; here are its words in Chinese. Whole texts are matched, never parts, and never what people wrote: not in
// the code editor, not on the canvas, not in fields. A test lists what is still English; with a new Studio, begin there.
(() => {
  'use strict';
  const words = {
    'A custom activity category to assign this workflow-as-an-activity to.': '当一格用时放在哪一类。', 'Add outcomes': '添加结果', 'Actions': '操作', 'A description of this activity to be displayed in the designer.': '这一格的说明，可以画在图上。', 'Auto-apply': '自动用上', 'Root': '整张图', 'Cancel workflow': '停掉',
    'Workflow definitions Editor': '流程设计器', 'Workflow definitions': '流程', 'Workflow instances': '流程实例', 'Workflow instance': '流程实例', 'Workflows': '流程', 'Workflow': '流程',
    'Bulk actions': '批量操作', 'Create workflow': '新建流程', 'New workflow': '新建流程', 'Definition ID': '流程编号', 'Name': '名称', 'Latest version': '最新版', 'Published version': '在用的版本',
    'Description': '说明', 'Rows Per Page': '每页', 'Loading...': '正在读取…', 'Loading': '正在读取', 'No records to display': '没有', 'No workflow definitions found': '没有流程',
    'Search on Id, Name, Description, Definition Id': '按名称、说明、编号找', 'Search on Id, Definition Id, Definition Version Id, Correlation Id': '按办件编号、实例编号找',
    'View description': '看说明', 'Delete': '删除', 'Publish': '发布', 'Unpublish': '取消发布', 'Export': '导出', 'Import': '导入', 'Edit': '编辑', 'Run': '试跑', 'Duplicate': '复制一份', 'Cancel': '取消',
    'OK': '好', 'Ok': '好', 'Yes': '是', 'No': '否', 'Save': '保存', 'Save As': '另存为', 'Close': '关闭', 'Apply': '用上', 'Add': '添加', 'Clear': '清空', 'Create': '新建', 'Created': '创建时间', 'Updated': '更新时间', 'Finished': '结束时间', 'Refresh': '刷新', 'Reset': '还原',
    'Type': '类型', 'Workflow type': '流程的画法', 'Flowchart': '流程图', 'Sequence': '顺序', 'State machine': '状态机', 'State Machine': '状态机', 'Flexible graph-based workflows.': '可以随意连线的图。',
    'Ordered step-by-step workflows.': '一步接一步。', 'State and transition driven workflows.': '按状态转来转去。', 'The name of the new workflow.': '新流程的名称。', 'The name of the workflow.': '流程的名称，用作一格时也用它。',
    'A brief description of the workflow.': '一两句话说明这个流程做什么。', 'The new name of the workflow.': '新的名称。', 'Please enter a name for the workflow.': '请写一个名称。',
    'Activities': '活动', 'Activity': '活动', 'Search': '找', 'Search activities': '找活动', 'Code View': '代码', 'Designer view': '图', 'Diagram': '图', 'Auto-save': '自动保存', 'Auto layout': '自动排列', 'Zoom to fit': '整张图', 'Zoom to fit the screen': '缩放到看见整张图',
    'Center': '居中', 'Center the screen': '居中', 'Save workflow': '保存流程', 'Publish workflow': '发布流程', 'Run workflow': '试跑', 'Run Workflow': '试跑', 'Properties': '属性', 'Variables': '变量', 'Input/Output': '输入输出', 'Input/output': '输入输出', 'Version history': '版本', 'Info': '信息', 'Information': '信息',
    'Metadata': '名称和说明', 'Settings': '设置', 'Activation strategy': '什么时候可以启动', 'Activation Strategy': '什么时候可以启动', 'Incident handling strategy': '出错时怎么办', 'Incident Strategy': '出错时怎么办', 'Log Persistence Strategy': '经过里记不记输入输出', 'Default': '默认', 'Commit Strategy': '什么时候存', 'Commit strategy': '什么时候存',
    'Select the log persistence strategy to use for activity properties of this workflow.': '这个流程的经过里，记不记每一格的输入输出。', 'The commit strategy to use that controls when the workflow state should be committed.': '什么时候把走到哪里存下来。本系统每一步都存。',
    'Usable as activity': '可以当一格用', 'Allow this workflow to be used as an activity.': '别的流程里可以把它当一格用。', 'Category': '分类', 'The category to which this workflow belongs when used as an activity.': '当一格用时放在哪一类。', 'Auto-update referencing workflows': '用到它的流程跟着更新',
    'Outcomes': '结果', 'Enter a list of possible outcomes for this workflow.': '这个流程可能有的结果，当一格用时就是出口。', 'Inputs': '输入', 'Outputs': '输出', 'Input': '输入', 'Output': '输出', 'Common': '通用', 'Test': '试一下', 'Task': '任务', 'Resilience': '重试', 'Versions': '版本', 'Version': '版本',
    'Add variable': '添加变量', 'Add input': '添加输入', 'Add output': '添加输出', 'Create variable': '添加变量', 'Create input': '添加输入', 'Create output': '添加输出', 'Edit variable': '改变量', 'Edit input': '改输入', 'Edit output': '改输出', 'Default Value': '默认值', 'Default value': '默认值', 'Storage': '存在哪里', 'Value': '值', 'Values': '值',
    'Is array': '是列表', 'Display name': '显示名', 'Display Name': '显示名', 'UI Hint': '怎么填', 'This variable is an array': '这个变量是列表', 'This input is an array': '这个输入是列表', 'This output is an array': '这个输出是列表', 'The name of the variable.': '变量的名字，脚本里用它。', 'Variable ID': '变量编号', 'The ID of the variable.': '变量编号。',
    'The technical name of the input.': '输入的名字，脚本里用它。', 'The technical name of the output.': '输出的名字，脚本里用它。', 'The user-friendly name of this input.': '给人看的名字。', 'The user-friendly name of this output.': '给人看的名字。', 'Check this option if the variable holds an array of the selected type.': '变量里放的是一列这种值，就勾上。',
    'There are currently no inputs defined.': '还没有输入。', 'There are currently no outputs defined.': '还没有输出。', 'There are currently no variables defined.': '还没有变量。', 'No inputs': '没有输入', 'No outputs': '没有输出', 'No variables': '没有变量', 'No outcomes': '没有结果', 'Test Value': '试验的值', 'Set Variable Test Value': '写试验的值', 'Clear Test Value': '清掉试验的值',
    'This activity does not have any input properties.': '这一格没有要填的。', 'This activity does not have any output properties.': '这一格没有输出。', 'This activity does not have any common properties.': '这一格没有通用的设置。', 'This activity does not have a commit strategy.': '这一格没有单独的设置。',
    'Display text': '图上的字', 'The text to display in the designer.': '图上这一格里写的字。', 'Show description': '显示说明', 'Whether to show the description in the designer.': '图上要不要写出说明。', 'The name of the activity. Named activities can be referenced by other activities.': '这一格的名字，脚本里可以用它。', 'A brief description of the activity.': '一两句话说明这一格。',
    'Trigger workflow': '可以启动流程', 'When checked, this activity can trigger this workflow.': '勾上，这一格可以让流程开始。', 'Start of workflow': '流程的开头', 'When checked, this activity is the start of this workflow.': '勾上，流程从这一格开始。', 'Merge Mode': '几条线汇到这里时', 'Run Asynchronously': '放到后面去做', 'When checked, the workflow will be executed asynchronously.': '勾上就放到后面去做。', 'Terminal': '终点',
    'Stream': '来一个走一个', 'Converge': '等都到', 'Race': '先到先走', 'None': '不管', 'Merge': '合并', 'Cascade': '逐层',
    'Controls how this activity merges inbound connections. Converge will wait for all inbound connections to complete, while Race will allow the first inbound path to continue while cancelling any bookmarks from other inbound paths, and Stream will let all inbound connections pass through as they arrive.': '几条线汇到这一格时怎么办。办件的流程里请用“汇合”，这里不要动。',
    'ID': '编号', 'Id': '编号', 'Version ID': '版本编号', 'Definition version ID': '版本编号', 'Definition version': '版本', 'Definition Version': '版本', 'Status': '状态', 'Readonly': '只读', 'Published': '已发布', 'Draft': '草稿', 'Latest': '最新', 'Current': '当前', 'Tool version': '工具版本', 'Tool Version': '工具版本', 'Provider': '来源', 'View': '查看', 'Use this version': '用这一版', 'Rollback to this version': '退回到这一版', 'Rollback': '退回', 'Delete selected versions': '删除选中的版本', 'Export this version as a JSON file.': '把这一版导出成文件。',
    'Export the current workflow as a JSON file': '把这个流程导出成文件', "Import a JSON file containing workflow data to override the current workflow's contents.": '导入一个流程文件，存成新的草稿', 'Unpublish the current workflow': '取消发布这个流程', 'Workflow saved': '已保存', 'Workflow published': '已发布', 'Workflow unpublished': '已取消发布', 'Workflow retracted': '已取消发布', 'Workflow was already published': '本来就是发布的', 'Workflow published with Not Found activities': '已发布，里面有认不得的一格', 'Changes applied': '已用上', 'No changes to apply': '没有改动',
    'Delete workflow?': '删除这个流程？', 'Are you sure you want to delete this workflow?': '真的要删除这个流程吗？', 'Delete selected workflows?': '删除选中的流程？', 'Are you sure you want to delete the selected workflows?': '真的要删除选中的流程吗？', 'Publish selected workflows?': '发布选中的流程？', 'Are you sure you want to publish the selected workflows?': '真的要发布选中的流程吗？', 'Unpublish selected workflows?': '取消发布选中的流程？', 'Are you sure you want to unpublish the selected workflows?': '真的要取消发布选中的流程吗？',
    'Cancel running workflow instances?': '停掉正在走的？', 'Are you sure you want to cancel all running workflow instances of this workflow definition?': '真的要停掉这个流程正在走的全部实例吗？', 'Cancel workflow instance?': '停掉这个实例？', 'Are you sure you want to cancel this workflow instance?': '真的要停掉这个流程实例吗？', 'Cancel selected workflow instances?': '停掉选中的实例？', 'Are you sure you want to cancel the selected workflow instances?': '真的要停掉选中的流程实例吗？', 'Delete workflow instance?': '删除这个实例？', 'Are you sure you want to delete this workflow instance?': '真的要删除这个流程实例吗？', 'Delete selected workflow instances?': '删除选中的实例？', 'Are you sure you want to delete the selected workflow instances?': '真的要删除选中的流程实例吗？',
    'Delete version?': '删除这一版？', 'Are you sure you want to delete this version?': '真的要删除这一版吗？', 'Are you sure you want to delete the selected versions?': '真的要删除选中的版本吗？', 'Are you sure you want to delete the selected variable?': '真的要删除这个变量吗？', 'Are you sure you want to delete the selected input?': '真的要删除这个输入吗？', 'Are you sure you want to delete the selected output?': '真的要删除这个输出吗？', 'Delete selected variable?': '删除这个变量？', 'Delete selected input?': '删除这个输入？', 'Delete selected output?': '删除这个输出？',
    'The read-only workflows will not be affected.': '只读的流程不动。', 'Include referencing workflows': '连同用到它的流程', 'Workflows that reference the selected workflow(s) will be included in the export.': '用到它的流程也一起导出。', 'Upload JSON and/or ZIP files containing workflow data to import.': '选要导入的流程文件（JSON 或 ZIP）。', 'Unable to make changes as the workflow or application is currently in read-only mode': '这里现在只看不改', 'You are running in read-only mode. Workflow operations are disabled': '您的岗位只看不改',
    'Journal': '经过', 'Log': '经过', 'Details': '详情', 'Executions': '走过几次', 'Execution Details': '这一次', 'Call stack': '怎么走到的', 'Activity Call Stack': '怎么走到的', 'Incidents': '差错', 'Incident Details': '差错详情', 'No incidents': '没有差错', 'Has Incidents': '有差错', 'Incident count': '差错', 'Sub status': '细状态', 'Sub Status': '细状态', 'Correlation ID': '属于哪一件', 'Instance ID': '实例编号', 'Instance Id': '实例编号', 'Last executed': '最近一次', 'Created At': '创建时间', 'Duration': '用时', 'Timestamp': '时间', 'Time': '时间', 'Event': '事件', 'Message': '说明', 'State': '内容', 'Node ID': '位置', 'Activity ID': '活动编号', 'Activity Instance ID': '这一次的编号',
    'Running': '在走', 'Suspended': '在等', 'Completed': '完成', 'Cancelled': '已停掉', 'Canceled': '已收回', 'Faulted': '出错', 'Executing': '正在走', 'Pending': '还没开始', 'Interrupted': '被打断', 'Started': '开始', 'Resumed': '继续', 'Skipped': '没走到', 'Blocked': '在等', 'Not executed': '还没走到',
    'Workflow State': '流程里的内容', 'Structured Logs': '日志', 'Open filtered logs': '看日志', 'Show incidents': '只看差错', 'Showing incidents': '正在只看差错', 'Showing all events': '正在看全部', 'Show events scoped to current container': '只看这一层', 'Show relative time': '看隔了多久', 'Show accumulated time': '看一共多久', 'View definition': '看流程图', 'Edit Workflow Definition': '去画流程', 'Navigate to activity that caused the incident': '去看出错的那一格', 'Definition': '流程', 'Instances': '实例', 'Import instances': '导入', 'Any': '不限', 'All': '全部', 'Date Filters': '按时间', 'Enable Polling': '自动刷新', 'Pause Polling': '停止自动刷新', 'Start/Pause Auto-refresh': '自动刷新',
    'No workflow instances found': '没有流程实例', 'Is After': '晚于', 'Is Before': '早于', 'Is': '等于', 'Is Not': '不等于', 'Is on or After': '不早于', 'Is on or Before': '不晚于', 'Created at': '创建时间', 'Column': '哪个时间', 'Operator': '怎么比', 'Date': '日期', 'Select an activity execution to view its call stack.': '选一次，看是怎么走到的。', 'No call stack entries found for the selected activity.': '没有。', 'No outcomes associated with this execution.': '这一次没有结果。', 'No output associated with this execution.': '这一次没有输出。', 'No state associated with this execution.': '这一次没有内容。',
    'Copy': '复制', 'Copy Pretty': '复制（排好的）', 'Pretty': '排好的', 'Raw': '原样', 'Tabular': '表格', 'View content': '看全文', 'Show all': '全部显示', 'No data available.': '没有。', 'No content to display.': '没有。', 'Code': '代码', 'Open': '打开', 'Open designer': '打开', 'Select an activity': '选一种活动', 'Add entry': '添加一项', 'Add case': '添加一种情形', 'Case': '情形', 'Condition': '条件', 'Label': '名称', 'Key': '名', 'Match': '匹配', 'Expand All': '全部展开', 'Collapse All': '全部收起', 'Nothing selected': '没有选', 'Title': '标题', 'Text': '文字', 'Size': '大小',
    'Variable': '变量', 'Strategy': '策略', 'Expression': '表达式', 'Inherit': '照上一级', 'Literal': '固定值', 'Object': '对象', 'Input Properties': '输入的', 'Output Properties': '输出的', 'Internal State': '内部的', 'Default Configuration': '默认的', 'Default Strategy': '默认策略', 'Converter': '转换', 'Boolean': '是 / 否', 'Single line': '一行字', 'Multi line': '几行字', 'Checkbox': '打勾', 'Checklist': '多选', 'Dropdown': '下拉', 'Radio list': '单选', 'Multi text': '一项一项的字', 'Code editor': '代码', 'JSON editor': 'JSON', 'Variable picker': '选变量', 'Outcome picker': '选结果', 'Output picker': '选输出', 'Type picker': '选类型', 'Workflow definition picker': '选流程', 'Date picker': '选日期',
    'Run the activity': '试这一格', 'Select the Start button to run the activity.': '按“开始”试这一格。', 'Start': '开始', 'Executed': '走过', 'Instance': '实例', 'Exception': '出错', 'Payload': '随带的内容', 'Outcome': '结果', 'When you publish': '发布时', 'Sub-Workflow Inputs': '这一段的输入', 'Sub-Workflow Outputs': '这一段的输出', 'Input/Output Properties': '输入输出', 'Close workflow': '关上', 'Click to open a new workflow tab': '打开一个新页', 'Author': '作者', 'Clear filters': '清掉筛选', 'Cancelled workflow instances': '已停掉', 'Workflow instances are being cancelled.': '正在停掉。', 'Successfully imported 1 workflow definition.': '导入了 1 个流程。', 'Not usable as activity.': '不能当一格用。', 'Explicitly enabled.': '已打开。', 'Explicitly disabled.': '已关掉。', 'First page': '第一页', 'Previous page': '上一页', 'Next page': '下一页', 'Last page': '最后一页', 'Toggle': '打开或关上', 'Sort': '排序', 'Read-only': '只读', 'Read Only': '只读', 'Workflow Definition': '流程', 'Untitled': '没有名称', 'Yesterday': '昨天', 'Unknown Activity': '认不得的活动',
  };
  const patterns = [
    [/^Version (\d+)$/, (_, n) => `第 ${n} 版`], [/^(\d+) workflows? (?:is|are) published$/, (_, n) => `发布了 ${n} 个流程`], [/^(\d+) workflows? (?:is|are) unpublished$/, (_, n) => `取消发布了 ${n} 个流程`],
    [/^One workflow is published$/, () => '发布了 1 个流程'], [/^One workflow is unpublished$/, () => '取消发布了 1 个流程'], [/^One workflow is already published$/, () => '1 个流程本来就是发布的'], [/^One workflow is already unpublished$/, () => '1 个流程本来就没发布'], [/^One workflow is not found$/, () => '1 个流程没有找到'],
    [/^(\d+) workflows? (?:is|are) already published$/, (_, n) => `${n} 个流程本来就是发布的`], [/^(\d+) workflows? (?:is|are) not found$/, (_, n) => `${n} 个流程没有找到`], [/^One workflow consuming a published workflow has been updated$/, () => '1 个用到它的流程跟着更新了'],
    [/^(\d+) consuming workflows?(?:\(s\))? updated$/, (_, n) => `${n} 个用到它的流程跟着更新了`],
    [/^(\d+) workflows? consuming .* (?:has|have) been updated$/, (_, n) => `${n} 个用到它的流程跟着更新了`], [/^Successfully imported (\d+) workflow definitions?\.$/, (_, n) => `导入了 ${n} 个流程。`], [/^Workflow (\d+)$/, (_, n) => `流程 ${n}`], [/^Copy of (.+)$/, (_, n) => `${n} 的副本`], [/^Poll every (\d+) seconds?$/, (_, n) => `每 ${n} 秒刷新`],
    [/^Case (\d+)$/, (_, n) => `情形 ${n}`], [/^Select (Running|Finished|Executing|Suspended|Faulted|Cancelled|Pending|Interrupted)$/, (_, n) => `选“${say(n) ?? n}”`], [/^Clear (.+)$/, (_, n) => `清空${say(n) ?? n}`], [/^(\d+) of (\d+)$/, (_, a, b) => `${a} / ${b}`], [/^Failed to import workflow definition: .*$/, () => '没有导入，原因见右上角。'], [/^(.+)\*$/, (_, n) => { const t = say(n); return t && t + '*'; }],
  ];
  // Some lists show an input by its name (AssignTo) where a person knows its caption (交给谁); the palette knows both. Tables of the editor hold names that people gave.
  const captions = {};
  window.addEventListener('bbc:palette', e => {
    for (const activity of e.detail) for (const slot of [...activity.inputs, ...activity.outputs]) captions[slot.name] ??= slot.displayName;
    walk(document.body);
  });
  const skipped = '.monaco-editor,.x6-graph,.bbc-top,#bbc-told,script,style,textarea,[contenteditable]';

  function say(text) {
    if (Object.hasOwn(words, text)) return words[text];
    for (const [pattern, as] of patterns) {
      const found = pattern.exec(text);
      if (found) return as(...found);
    }
    return null;
  }

  function translate(node) {
    const text = node.nodeValue;
    const bare = text.trim();
    if (!/[A-Za-z]/.test(bare)) return;
    const said = say(bare) ?? (Object.hasOwn(captions, bare) && !node.parentElement.closest('elsa-workflow-definition-editor td') ? captions[bare] : null);
    if (said && said !== bare) node.nodeValue = text.replace(bare, said);
  }

  function attributes(element) {
    for (const name of ['placeholder', 'title', 'aria-label']) {
      const said = element.hasAttribute(name) && say(element.getAttribute(name).trim());
      if (said && said !== element.getAttribute(name)) element.setAttribute(name, said);
    }
  }

  function walk(root) {
    if (root.nodeType === Node.TEXT_NODE) {
      if (root.parentElement && !root.parentElement.closest(skipped)) translate(root);
      return;
    }
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(skipped)) return;
    attributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, n => n.nodeType === Node.ELEMENT_NODE && n.matches(skipped) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let n = walker.nextNode(); n; n = walker.nextNode()) n.nodeType === Node.TEXT_NODE ? translate(n) : attributes(n);
  }

  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'characterData') walk(change.target);
      else if (change.type === 'attributes') { if (!change.target.closest(skipped)) attributes(change.target); }
      else for (const node of change.addedNodes) walk(node);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['placeholder', 'title', 'aria-label'] });
  walk(document.body);
})();
