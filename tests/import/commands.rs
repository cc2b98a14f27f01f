//! Commands as people have them: of every shell, with what stands around them.

use rstest::rstest;
use wacompose::import::import;
use wacompose::message::{Draft, Message};

/// The body of most commands here.
const BODY: &str = r#"{"number":"5511999999999","text":"Olá 日本"}"#;

fn said(draft: &Draft) -> (&str, &str) {
    assert!(matches!(draft.message, Message::Text(_)));
    (&draft.to, draft.message.text())
}

/// `BODY` stands for the body in single quotes.
#[rstest]
#[case::a_program_with_an_ending("curl.exe -X POST https://h -d BODY")]
#[case::a_program_with_a_path("/usr/bin/curl https://h -d BODY")]
#[case::windows_path("C:\\Windows\\System32\\curl.exe https://h -d BODY")]
#[case::capitals("CURL https://h -d BODY")]
#[case::sudo("sudo -u www-data curl https://h -d BODY")]
#[case::time("time curl https://h -d BODY")]
#[case::env("env A=b curl https://h -d BODY")]
#[case::assignment_before("TOKEN=s3cret curl https://h -d BODY")]
#[case::assignments("export TOKEN='s3cret'\nHOST=\"https://h\"\n\ncurl \"$HOST\" -d BODY")]
#[case::a_comment("# send it\ncurl https://h -d BODY # now")]
#[case::a_script("#!/bin/bash\nset -euo pipefail\ncurl https://h -d BODY")]
#[case::prompt("$ curl https://h \\\n  -d BODY")]
#[case::root("# curl https://h -d BODY")]
#[case::host("ana@host:~/a folder$ curl https://h -d BODY")]
#[case::host_and_more("user@host:~$ curl https://h \\\n> -d BODY")]
#[case::zsh("host% curl https://h -d BODY")]
#[case::oh_my_zsh("➜  ~ git:(main) ✗ curl https://h -d BODY")]
#[case::quoted("> curl https://h \\\n>   -d BODY")]
#[case::powershell_prompt("PS C:\\Users\\ana> curl.exe https://h -d BODY")]
#[case::fenced("```bash\n$ curl https://h -d BODY\n```")]
#[case::fenced_with_words("Try this:\n~~~sh\ncurl https://h -d BODY\n~~~\nThanks")]
#[case::in_backticks("`curl https://h -d BODY`")]
#[case::words_before("Here is the command:\n\ncurl https://h -d BODY")]
#[case::jq("curl -s https://h -d BODY | jq .")]
#[case::output("curl https://h -d BODY > out.json 2>&1")]
#[case::two_commands("cd /tmp && curl https://h -d BODY && echo done; ls")]
#[case::answer("RESPONSE=$(curl -s https://h -d BODY)\necho \"$RESPONSE\"")]
#[case::a_loop("for i in 1 2; do\n  curl https://h -d BODY\ndone")]
#[case::brackets("(curl https://h -d BODY)")]
#[case::blanks_after_backslashes("curl https://h \\  \n -d BODY")]
#[case::no_backslashes("curl -X POST https://h\n  -H 'a: b'\n  -d BODY")]
#[case::no_blank_before_backslash("curl https://h -H 'a: b'\\\n-d BODY")]
#[case::equals("curl --url=https://h --header='a: b' --data=BODY")]
#[case::raw_equals("curl https://h --data-raw=BODY")]
#[case::json("curl --json BODY https://h")]
#[case::json_equals("curl --json=BODY https://h")]
#[case::a_form_of_the_past("curl https://h/<Your ID>/messages -d BODY")]
#[case::here_string("curl https://h -d @- <<< BODY")]
#[case::echo("echo BODY | curl https://h -d @-")]
#[case::printf("printf '%s\\n' BODY | curl https://h --json @-")]
#[case::wget("wget --method=POST --header='a: b' --body-data=BODY https://h -O -")]
#[case::wget_post("wget -q https://h --post-data BODY")]
#[case::httpie_raw("http POST https://h --raw BODY")]
#[case::httpie_pipe("echo BODY | http POST https://h")]
#[case::invoke(
    "Invoke-RestMethod -Uri https://h -Method Post -ContentType 'application/json' -Body BODY"
)]
#[case::invoke_short("irm https://h -Method Post -Body BODY")]
#[case::invoke_request(
    "$r = Invoke-WebRequest -UseBasicParsing -Uri \"https://h\" `\n-Method \"POST\" `\n-Headers @{\n\"accept\"=\"*/*\"\n  \"authorization\"=\"Bearer s3cret\"\n} `\n-Body BODY"
)]
#[case::invoke_variable(
    "$body = BODY\n$headers = @{ Authorization = 'Bearer s3cret' }\nInvoke-RestMethod https://h -Headers $headers -Body $body"
)]
#[case::backticks("curl.exe -X POST `\n  \"https://h\" `\n  -d BODY")]
fn the_body_is_found(#[case] command: &str) {
    let command = command.replace("BODY", &format!("'{BODY}'"));
    let imported = import(&command).unwrap_or_else(|error| panic!("{error}\n{command}"));
    assert_eq!(
        said(&imported.draft),
        ("5511999999999", "Olá 日本"),
        "{command}"
    );
    assert_eq!(imported.left_out, [""; 0]);
    assert_eq!(imported.warnings, [""; 0]);
    assert!(!format!("{imported:?}").contains("s3cret"));
}

/// `BODY` stands for the body as it is.
#[rstest]
#[case::here_document("curl https://h -d @- <<'EOF'\nBODY\nEOF")]
#[case::here_document_in_quotes("curl https://h -d @- << \"END\" | jq\nBODY\nEND\necho done")]
#[case::plain("curl https://h -d @- <<JSON\nBODY\nJSON")]
#[case::tabs("curl https://h -d @- <<-EOF\n\tBODY\n\tEOF")]
#[case::cat("cat <<EOF | curl https://h -d @-\nBODY\nEOF")]
#[case::cat_of_cat("cat <<EOF | cat | curl https://h --data-binary @-\nBODY\nEOF")]
#[case::in_quotes("curl https://h \\\n  -d \"$(cat <<'EOF'\nBODY\nEOF\n)\"")]
#[case::in_quotes_on_one_line("curl https://h -d \"$(cat <<EOF\nBODY\nEOF)\"")]
#[case::a_variable("BODY=$(cat <<'EOF'\nBODY\nEOF\n)\ncurl https://h -d \"$BODY\"")]
#[case::stdin("curl https://h --data @/dev/stdin <<EOF\nBODY\nEOF")]
#[case::here_string_of_powershell(
    "$body = @'\nBODY\n'@\nInvoke-RestMethod https://h -Body $body -Method Post"
)]
#[case::here_string_in_place("irm https://h -Method Post -Body @\"\nBODY\n\"@")]
#[case::request_file(
    "POST https://api.example.com/send/text HTTP/1.1\nContent-Type: application/json\n\nBODY"
)]
#[case::request_file_with_comments(
    "@token = s3cret\n### Send\n# @name send\nPOST https://h/send/text\nAuthorization: Bearer {{token}}\n\nBODY\n\n> {%\n client.log(\"x\")\n%}\n"
)]
#[case::captured("POST /send/text HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nBODY")]
fn the_body_in_lines_is_found(#[case] command: &str) {
    let name = command
        .replacen("BODY=$(", "B0DY=$(", 1)
        .replace("$BODY", "$B0DY");
    let command = name.replace(
        "BODY",
        "{\n  \"number\": \"5511999999999\",\n  \"text\": \"it's 日本 ( \\\" # “é”\"\n}",
    );
    let imported = import(&command).unwrap_or_else(|error| panic!("{error}\n{command}"));
    assert_eq!(
        said(&imported.draft),
        ("5511999999999", "it's 日本 ( \" # “é”"),
        "{command}"
    );
    assert_eq!(imported.left_out, [""; 0]);
    assert!(!format!("{imported:?}").contains("s3cret"));
}

/// What Windows' `cmd` reads, in each of the forms that browsers wrote over the years.
#[rstest]
#[case::new_chrome(
    "curl ^\"https://h/send/text^\" ^\n  -H ^\"a: b^\" ^\n  --data-raw ^\"^{^\\^\"number^\\^\":^\\^\"1^\\^\",^\\^\"text^\\^\":^\\^\"50^% ^& ^\\^\\^\\^\"日本^\\^\\^\\^\"^\\^\"^}^\"",
    "50% & \"日本\""
)]
#[case::chrome_with_lines(
    "curl ^\"https://h/send/text^\" ^\n  --data-raw ^\"^{^\n\n  ^\\^\"number^\\^\":^\\^\"1^\\^\",^\n\n^\\^\"text^\\^\":^\\^\"é^\\^\"^}^\"",
    "é"
)]
#[case::old_chrome(
    "curl \"https://h/send/text\" -H \"a: b\" --data-binary \"^{^\\^\"number^\\^\":^\\^\"1^\\^\",^\\^\"text^\\^\":^\\^\"é^\\^\"^}\" --compressed",
    "é"
)]
#[case::older_chrome(
    "curl \"https://h/send/text\" --data-binary \"^{^\"^\"number^\"^\":^\"^\"1^\"^\",^\"^\"text^\"^\":^\"^\"é^\"^\"^}\" --compressed",
    "é"
)]
#[case::firefox(
    "curl \"https://h/send/text\" -X POST --data-raw \"{\"\"number\"\":\"\"1\"\",\"\"text\"\":\"\"é a\"\"}\"",
    "é a"
)]
#[case::by_hand(
    "curl -X POST ^\n  https://h/send/text ^\n  -d \"{ \\\"number\\\": \\\"1\\\", \\\"text\\\": \\\"a^b 日本\\\" }\"",
    "a^b 日本"
)]
#[case::prompt(
    "C:\\Users\\ana>curl https://h/send/text -d \"{\\\"number\\\":\\\"1\\\",\\\"text\\\":\\\"é\\\"}\" > out.txt",
    "é"
)]
#[case::powershell_5(
    "curl.exe https://h/send/text `\n -d '{\\\"number\\\":\\\"1\\\",\\\"text\\\":\\\"a \\\\\\\"é\\\\\\\"\\\"}'",
    "a \"é\""
)]
#[case::powershell_of_a_browser(
    "Invoke-WebRequest -UseBasicParsing -Uri \"https://h/send/text\" `\n-Body ([System.Text.Encoding]::UTF8.GetBytes(\"{`\"number`\":`\"1`\",`\"text`\":`\"ol$([char]225)`\"}\"))",
    "olá"
)]
fn a_command_of_windows_is_read(#[case] command: &str, #[case] text: &str) {
    let imported = import(command).unwrap_or_else(|error| panic!("{error}\n{command}"));
    assert_eq!(said(&imported.draft), ("1", text));
}

#[rstest]
#[case::items(
    "http POST https://h number=5511999999999 text='Olá 日本' delay:=2 a==b X-A:b",
    "5511999999999",
    "Olá 日本"
)]
#[case::without_a_method(
    "http https://h/send/text number:=5511999999999 text=é",
    "5511999999999",
    "é"
)]
#[case::nested(
    "https graph.facebook.com/v23.0/1/messages messaging_product=whatsapp to=1 text[body]='שלום'",
    "1",
    "שלום"
)]
fn items_of_httpie_are_a_body(#[case] command: &str, #[case] to: &str, #[case] text: &str) {
    let imported = import(command).unwrap();
    assert_eq!(said(&imported.draft), (to, text));
}

/// Variables that are not set are the message's own.
#[rstest]
#[case::in_double_quotes("curl https://h -d \"{\\\"number\\\":\\\"$TO\\\",\\\"text\\\":\\\"Hi ${NAME} for \\$5 or $6\\\"}\"", "{{TO}}", "Hi {{NAME}} for $5 or $6", &["TO", "NAME", "$6"])]
#[case::between_quotes("curl https://h -d '{\"number\":\"'\"$TO\"'\",\"text\":\"é\"}'", "{{TO}}", "é", &["TO"])]
#[case::bare("curl https://h -d \"{\\\"number\\\": $TO, \\\"text\\\":\\\"é\\\"}\"", "{{TO}}", "é", &["TO"])]
#[case::set("TO=5511999999999\nexport NAME=\"Ana\"\ncurl https://h -d \"{\\\"number\\\":\\\"$TO\\\",\\\"text\\\":\\\"Hi ${NAME:-x}\\\"}\"", "5511999999999", "Hi Ana", &[])]
#[case::in_single_quotes("curl https://h -d '{\"number\":\"1\",\"text\":\"$TO {{x}}\"}'", "1", "$TO {{{{x}}}}", &["{{x}}"])]
#[case::here_document("curl https://h -d @- <<EOF\n{\"number\":\"$TO\",\"text\":\"\\$5\"}\nEOF", "{{TO}}", "$5", &["TO"])]
#[case::raw_here_document("curl https://h -d @- <<'EOF'\n{\"number\":\"1\",\"text\":\"$TO\"}\nEOF", "1", "$TO", &[])]
#[case::cmd("set NAME=Ana\ncurl https://h ^\n -d \"{\\\"number\\\":\\\"%TO%\\\",\\\"text\\\":\\\"%NAME% 5%\\\"}\"", "{{TO}}", "Ana 5%", &["TO"])]
#[case::powershell("$name = 'Ana'\nirm https://h -Body \"{`\"number`\":`\"$to`\",`\"text`\":`\"$name`\"}\"", "{{to}}", "Ana", &["to"])]
#[case::request_file("@name = Ana\n\nPOST https://h/send/text\n\n{\"number\":\"{{to}}\",\"text\":\"{{name}} 日本\"}", "{{to}}", "Ana 日本", &["to"])]
#[case::a_whole_request("POST /send/text HTTP/1.1\nHost: h\n\n{\"number\":\"1\",\"text\":\"{{name}}\"}", "1", "{{{{name}}}}", &[])]
fn variables_are_the_messages(
    #[case] command: &str,
    #[case] to: &str,
    #[case] text: &str,
    #[case] named: &[&str],
) {
    let imported = import(command).unwrap_or_else(|error| panic!("{error}\n{command}"));
    assert_eq!(said(&imported.draft), (to, text));
    assert_eq!(
        imported.warnings.len(),
        named.len(),
        "{:?}",
        imported.warnings
    );
    for (warning, name) in imported.warnings.iter().zip(named) {
        assert!(
            warning.contains(&format!("the variable {name} "))
                || name.starts_with(['$', '{']) && warning.contains(name),
            "{warning}"
        );
    }
}

#[rstest]
#[case::a_file(
    "curl https://h -d @body.json",
    "reads its body from the file body.json: import that file"
)]
#[case::a_piped_file(
    "cat body.json | curl https://h -d @-",
    "the file body.json: import that file"
)]
#[case::a_redirected_file(
    "curl https://h -d @- < body.json",
    "the file body.json: import that file"
)]
#[case::a_program(
    "jq -n '{}' | curl https://h -d @-",
    "the body is made by jq, which is not run here"
)]
#[case::a_variable(
    "curl https://h -d \"$BODY\"",
    "the body is in the variable BODY, which is not set"
)]
#[case::a_table(
    "irm https://h -Body (@{ number = '1' } | ConvertTo-Json)",
    "which is not run here"
)]
#[case::nothing_to_read("curl https://h -d @-", "standard input")]
#[case::urlencoded("curl https://h --data-urlencode 'text=é'", "--data-urlencode")]
#[case::a_form("curl https://h --form text=é", "a form or a file (--form)")]
#[case::name_and_value(
    "curl https://h -d 'number=1&text=é'",
    "the body is not JSON: it is a form"
)]
#[case::twilio("curl https://h --data 'To=whatsapp:+1&Body=é'", "a request to Twilio")]
#[case::twilio_form(
    "curl -X POST https://api.twilio.com/2010-04-01/Accounts/AC/Messages.json --data-urlencode 'Body=é'",
    "a request to Twilio"
)]
#[case::httpie_form("http -f POST https://h number=1", "a form")]
#[case::two(
    "curl https://h -d '{\"number\":\"1\",\"text\":\"a\"}'\n\ncurl https://h -d '{\"number\":\"2\",\"text\":\"b\"}'",
    "2 requests that send something are in it (lines 1, 3): import one at a time"
)]
#[case::next(
    "curl https://h --json '{}' --next https://h --json '{}'",
    "2 requests"
)]
#[case::several_blocks(
    "```\ncurl https://h -d '{}'\n```\n```\ncurl https://h -d '{}'\n```",
    "several blocks of code"
)]
#[case::two_parts(
    "curl https://h -d '{\"a\":1}' -d '{\"b\":2}'",
    "curl joins several -d with &"
)]
#[case::not_closed(
    "curl https://h \\\n -d '{\"number\":1",
    "it opens at line 2, column 5"
)]
#[case::typographic(
    "curl https://h -d ‘{\"number\":1}’",
    "line 1, column 19: typographic quotes"
)]
#[case::typographic_dash(
    "curl https://h –data '{\"number\":1}'",
    "line 1, column 16: a typographic dash"
)]
#[case::no_body("wget https://h", "sends no body")]
#[case::request_file_without("GET https://h/send/text HTTP/1.1\nA: b\n", "sends no body")]
#[case::request_file_of_two(
    "POST https://h/send/text\n\n{\"number\":\"1\",\"text\":\"a\"}\n###\nPOST https://h/send/text\n\n{\"number\":\"1\",\"text\":\"b\"}",
    "2 requests that send something are in it (lines 1, 5)"
)]
#[case::request_file_with_a_file(
    "POST https://h/send/text\n\n< ./body.json",
    "the file ./body.json: import that file"
)]
fn what_cannot_be_known_is_said(#[case] command: &str, #[case] said: &str) {
    let error = import(command).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
    assert_eq!(error.lines().count(), 1);
}
