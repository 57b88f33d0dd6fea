import { tellsOf } from "./code-stories.ts";

const query = ["query_built_from_text likely"];
const command = ["command_built_from_text likely"];
const java = (line: string) => `class A {\n  void a() {\n    ${line}\n  }\n}\n`;
const go = (line: string) => `package a\n\nfunc a() {\n\t${line}\n}\n`;

tellsOf([
  { name: "a query with a table before a column", path: "a.ts", after: "db.query(`UPDATE ${a} SET b = ${a}.c`);\n" },
  {
    name: "a row with its columns by name",
    path: "a.ts",
    after: "db.query(`INSERT INTO a (b, ${columns}) values (?, ?)`);\n",
  },
  {
    name: "a query with what its name says is a number",
    path: "a.ts",
    after: "db.query(`UPDATE a SET b = ${newScore.score}`);\n",
    says: ["query_built_from_text hint"],
  },

  { name: "pickled bytes", path: "a.py", after: "pickle.loads(body)\n", says: ["unsafe_deserialisation likely"] },
  { name: "JSON", path: "a.py", after: "json.loads(body)\n" },
  { name: "YAML without a loader", path: "a.py", after: "yaml.load(body)\n", says: ["unsafe_deserialisation likely"] },
  { name: "YAML with the safe loader", path: "a.py", after: "yaml.load(body, Loader=yaml.SafeLoader)\n" },
  {
    name: "YAML with the unsafe loader",
    path: "a.py",
    after: "yaml.load(body, Loader=yaml.Loader)\n",
    says: ["unsafe_deserialisation likely"],
  },
  {
    name: "Java's objects",
    path: "A.java",
    after: java("new ObjectInputStream(in);"),
    says: ["unsafe_deserialisation likely"],
  },
  {
    name: "C#'s formatter",
    path: "A.cs",
    after: "class A { void B() { new BinaryFormatter().Deserialize(s); } }\n",
    says: ["unsafe_deserialisation proven"],
  },
  { name: "Ruby's objects", path: "a.rb", after: "Marshal.load(cookie)\n", says: ["unsafe_deserialisation likely"] },
  {
    name: "PHP's objects",
    path: "a.php",
    after: "<?php\nunserialize($body);\n",
    says: ["unsafe_deserialisation likely"],
  },
  { name: "PHP's plain values", path: "a.php", after: "<?php\nunserialize($body, ['allowed_classes' => false]);\n" },
  {
    name: "eval of a variable",
    path: "a.ts",
    after: "const total = eval(formula);\n",
    says: ["code_evaluated likely"],
  },
  { name: "eval of a constant", path: "a.ts", after: 'eval("1 + 1");\n' },
  { name: "a method called eval", path: "a.ts", after: "model.eval(batch);\n" },
  {
    name: "a function made of text",
    path: "a.js",
    after: 'new Function("a", body);\n',
    says: ["code_evaluated likely"],
  },
  { name: "Python's exec", path: "a.py", after: "exec(source)\n", says: ["code_evaluated likely"] },
  { name: "Python's other exec", path: "a.py", after: "cursor.exec(source)\n" },
  {
    name: "XML that reads files",
    path: "a.py",
    after: "etree.XMLParser(resolve_entities=True)\n",
    says: ["external_entities_read likely"],
  },
  { name: "XML that reads none", path: "a.py", after: "etree.XMLParser(resolve_entities=False)\n" },

  {
    name: "a query with a value in it",
    path: "a.ts",
    after: "db.query(`SELECT * FROM users WHERE name = '${name}'`);\n",
    says: query,
  },
  {
    name: "a query with what a request brings",
    path: "a.ts",
    after: "db.query(`SELECT * FROM users WHERE id = ${req.params.id}`);\n",
    says: ["query_built_from_text proven"],
  },
  {
    name: "a query with parameters",
    path: "a.ts",
    after: 'db.query("SELECT * FROM users WHERE name = $1", [name]);\n',
  },
  { name: "a tagged query", path: "a.ts", after: "sql`SELECT * FROM users WHERE name = ${name}`;\n" },
  { name: "a query on a table by name", path: "a.ts", after: "db.query(`SELECT * FROM ${table}`);\n" },
  {
    name: "a query with a constant",
    path: "a.ts",
    after: "db.query(`SELECT * FROM users WHERE role = ${ADMIN_ROLE}`);\n",
  },
  {
    name: "a message about a query",
    path: "a.ts",
    after: "log.info(`select one from the list where name = ${name}`);\n",
  },
  { name: "an English sentence", path: "a.ts", after: "const text = `Please select a name from ${list}`;\n" },
  {
    name: "a query joined with a sign",
    path: "A.java",
    after: java('String q = "SELECT a FROM b WHERE c = \'" + name + "\'";'),
    says: query,
  },
  {
    name: "a query formatted in Python",
    path: "a.py",
    after: "cursor.execute(\"DELETE FROM a WHERE b = '%s'\" % name)\n",
    says: query,
  },
  {
    name: "a query with parameters in Python",
    path: "a.py",
    after: 'cursor.execute("DELETE FROM a WHERE b = %s", (name,))\n',
  },
  {
    name: "a query formatted in Go",
    path: "a.go",
    after: go("db.Query(fmt.Sprintf(\"SELECT a FROM b WHERE c = '%s'\", name))"),
    says: query,
  },
  {
    name: "a query with a number in Go",
    path: "a.go",
    after: go('db.Query(fmt.Sprintf("SELECT a FROM b WHERE c = %d", id))'),
  },
  { name: "a condition in Rails", path: "a.rb", after: "User.where(\"name = '#{name}'\")\n", says: query },
  { name: "a condition with parameters in Rails", path: "a.rb", after: 'User.where("name = ?", name)\n' },
  {
    name: "a query in PHP",
    path: "a.php",
    after: "<?php\n$db->query(\"SELECT * FROM a WHERE b = '$name'\");\n",
    says: query,
  },
  {
    name: "a query with a request's field in PHP",
    path: "a.php",
    after: "<?php\n$db->query(\"SELECT * FROM a WHERE b = '\" . $_GET['b'] . \"'\");\n",
    says: ["query_built_from_text proven"],
  },
  {
    name: "a query in Rust",
    path: "a.rs",
    after: "fn a() { sqlx::query(&format!(\"SELECT a FROM b WHERE c = '{}'\", name)); }\n",
    says: query,
  },
  {
    name: "a query in C#",
    path: "A.cs",
    after: "class A { void B() { db.Execute($\"UPDATE a SET b = '{name}'\"); } }\n",
    says: query,
  },

  { name: "a command with a value in it", path: "a.ts", after: "exec(`git clone ${url}`);\n", says: command },
  { name: "a constant command", path: "a.ts", after: 'exec("git status");\n' },
  { name: "a pattern's exec", path: "a.ts", after: "pattern.exec(`a ${b}`);\n" },
  { name: "a program with a list", path: "a.ts", after: 'execFile("git", ["clone", url]);\n' },
  { name: "Python's system", path: "a.py", after: 'os.system(f"rm {path}")\n', says: command },
  { name: "Python's shell", path: "a.py", after: 'subprocess.run(f"rm {path}", shell=True)\n', says: command },
  { name: "Python's list", path: "a.py", after: 'subprocess.run(["rm", path])\n' },
  { name: "Python's quoted value", path: "a.py", after: 'os.system(f"rm {shlex.quote(path)}")\n' },
  { name: "Go's shell", path: "a.go", after: go('exec.Command("sh", "-c", "rm "+path)'), says: command },
  { name: "Go's list", path: "a.go", after: go('exec.Command("rm", path)') },
  { name: "Java's runtime", path: "A.java", after: java('Runtime.getRuntime().exec("rm " + path);'), says: command },
  { name: "Ruby's system", path: "a.rb", after: 'system("rm #{path}")\n', says: command },
  { name: "Ruby's list", path: "a.rb", after: 'system("rm", path)\n' },
  { name: "Ruby's back-ticks", path: "a.rb", after: "x = `rm #{path}`\n", says: command },
  { name: "PHP's exec", path: "a.php", after: '<?php\nexec("rm " . $path);\n', says: command },
  { name: "PHP's quoted exec", path: "a.php", after: '<?php\nexec("rm " . escapeshellarg($path));\n' },
]);
