namespace DeepPS.Data;

/// <summary>
/// What people write to a help desk, by the team that can help. {0} stands for a thing of the team, {1} for a place or
/// time.
/// </summary>
internal static class TicketPhrases
{
    public static readonly string[] Teams = ["Accounts", "Email", "Hardware", "Network", "Software"];

    /// <summary>The things of each team.</summary>
    public static readonly string[][] Things =
    [
        ["account", "password", "login", "user name", "access badge", "home folder", "group membership", "PIN",
            "single sign-on", "admin rights"],
        ["mailbox", "inbox", "Outlook", "distribution list", "shared calendar", "out-of-office reply", "attachment",
            "spam filter", "signature", "meeting invite"],
        ["laptop", "printer", "monitor", "docking station", "keyboard", "mouse", "headset", "hard disk", "battery",
            "scanner"],
        ["VPN", "Wi-Fi", "switch port", "firewall", "proxy", "file share", "DNS", "gateway", "LAN cable", "router"],
        ["Excel", "the ERP client", "the browser", "Teams", "the PDF reader", "SAP", "the backup agent", "the CRM",
            "the time sheet app", "the database client"],
    ];

    /// <summary>What goes wrong with them.</summary>
    public static readonly string[][] Problems =
    [
        [
            "my {0} is locked {1}", "please reset the {0} of a colleague, it expired {1}",
            "{0} says invalid credentials {1}", "a new employee needs a {0} {1}",
            "I was asked for my {0} three times and then blocked", "please remove the {0} of somebody who left {1}",
            "no permission with my {0} {1}",
        ],
        [
            "{0} does not send anything {1}", "messages bounce back from the {0}",
            "my {0} is full and nobody can write to me", "{0} shows old mail only {1}",
            "a customer did not get our mail, perhaps it is the {0}", "suspicious mail came through the {0} {1}",
            "the {0} is missing for half of the recipients",
        ],
        [
            "the {0} makes a strange noise {1}", "my {0} does not turn on {1}", "please replace the {0}, it is broken",
            "the {0} has a crack after a fall",
            "the {0} flickers and gets hot {1}", "paper jam or no power, the {0} is dead",
            "I need a second {0} for my desk {1}",
        ],
        [
            "no connection through the {0} {1}", "the {0} drops packets every few minutes", "the {0} is very slow {1}",
            "cannot reach the server, the {0} times out",
            "please open a port on the {0} {1}", "the address cannot be resolved, is the {0} down",
            "video calls break up as soon as the {0} is busy",
        ],
        [
            "{0} crashes when I open a report {1}", "please install {0} on my machine",
            "{0} asks for a licence key {1}", "after the update {0} shows an error",
            "{0} hangs and does not save my work {1}", "a macro no longer runs in {0}",
            "which version of {0} are we on, mine is outdated",
        ],
    ];

    public static readonly string[] Openings =
    [
        "", "", "", "Hi,", "Hello team,", "Dear colleagues,", "URGENT:", "Good morning,", "Hi there, quick question:",
        "Sorry to bother you again:",
    ];

    public static readonly string[] Places =
    [
        "since this morning", "since yesterday", "on the second floor", "in the Berlin office",
        "for our whole department", "after lunch", "when working from home",
        "again", "for two days now", "in meeting room 4", "at the warehouse", "every Monday",
    ];

    public static readonly string[] Closings =
    [
        "", "", "", "Thanks!", "Please help.", "It worked last week.", "I already restarted twice.",
        "Can someone call me back?", "This blocks month-end closing.",
        "My colleague has the same problem.", "Kind regards", "No error message otherwise 😕",
    ];
}
