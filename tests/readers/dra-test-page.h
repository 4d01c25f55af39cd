/* dra-test-page.h: a page as sites make them, with an article in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#define PARAGRAPH_1 "The town council met on Tuesday evening to decide what becomes of the old mill by the river, " \
                    "which has stood empty since the last weaver left in 1987."
#define PARAGRAPH_2 "“We cannot let it fall into the water,” said Mayor Anna Keller, who has asked for money from the " \
                    "state three times. She expects an answer before the end of the year, she said."
#define PARAGRAPH_3 "Builders who looked at the walls last spring found them sound, but the roof needs new beams, and " \
                    "the wheel, once the largest in the valley, is broken in two places."
#define PARAGRAPH_4 "Two firms have offered to turn the upper floors into flats. A third, from the next town, would " \
                    "like to bring a brewery, with a garden that reaches down to the weir."
#define PARAGRAPH_5 "The council will vote in March. Until then the doors stay shut, and the swallows, of which there " \
                    "are a good many, have the place to themselves."
#define ARTICLE "<p>" PARAGRAPH_1 "</p><p>" PARAGRAPH_2 "</p><h2>What the builders found</h2><p>" PARAGRAPH_3 \
                "</p><p>" PARAGRAPH_4 "</p><p>" PARAGRAPH_5 "</p>"
#define ARTICLE_TEXT PARAGRAPH_1 "\n" PARAGRAPH_2 "\nWhat the builders found\n" PARAGRAPH_3 "\n" PARAGRAPH_4 "\n" PARAGRAPH_5

#define TITLE "Old mill may get a new life"

#define HEAD "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Old mill may get a new life - The Valley Post</title>" \
             "<meta property='og:site_name' content='The Valley Post'><meta name=author content='Tom Reed'>" \
             "<meta property='article:published_time' content='2024-03-05T08:00:00Z'></head><body class='home single-post'>"
#define TOP "<header class='site-header'><a class=logo href='/'>The Valley Post</a><nav class='main-nav menu'><ul class=menu>" \
            "<li class='menu-item'><a href='/news'>News</a></li><li class='menu-item'><a href='/sport'>Sport</a></li>" \
            "<li class='menu-item'><a href='/weather'>Weather</a></li><li class='menu-item'><a href='/jobs'>Jobs</a></li>" \
            "</ul></nav></header>"
#define SHARE "<div class='social-share share-bar'><ul><li><a href='#'>Share</a></li><li><a href='#'>Tweet</a></li><li><a href='#'>Email</a></li></ul></div>"
#define RELATED "<aside class='sidebar related-posts'><h3>Related stories</h3><ul>" \
                "<li><a href='/a'>Bridge closed for a week after flood</a></li><li><a href='/b'>New bus line to start in May</a></li>" \
                "<li><a href='/c'>School choir wins first prize</a></li></ul></aside>"
#define COMMENTS "<section id=comments class='comments-area'><h3 class='comments-title'>2 comments</h3><ol class='comment-list'>" \
                 "<li class=comment><div class='comment-author'>mike77</div><div class='comment-content'><p>About time somebody did something, it has been an eyesore for years and years.</p></div><a class=reply href='#'>Reply</a></li>" \
                 "<li class=comment><div class='comment-author'>river_rat</div><div class='comment-content'><p>A brewery would be nice, though I doubt the parking will ever be enough for it.</p></div><a class=reply href='#'>Reply</a></li>" \
                 "</ol></section>"
#define CONSENT "<div id=cookie-banner class='cookie-consent modal' role=dialog><p>We and our partners store and access information on a device, such as cookies, and process personal data. You can accept or refuse, and change your mind at any time.</p><button>Accept all</button><button>Refuse</button></div>"
#define BOTTOM "<footer class='site-footer footer'><ul><li><a href='/about'>About us</a></li><li><a href='/privacy'>Privacy</a></li></ul><p class=copyright>© 2024 The Valley Post. All rights reserved.</p></footer></body></html>"
#define PAGE HEAD TOP "<main class='content site-main'><article class='post article'><header class='entry-header'><h1 class='entry-title'>Old mill may get a new life</h1>" \
             "<div class='byline meta'>By <a rel=author href='/tom'>Tom Reed</a> <time datetime='2024-03-05'>5 March 2024</time></div></header>" SHARE \
             "<div class='entry-content article-body'>" ARTICLE "</div>" SHARE "</article>" RELATED COMMENTS "</main>" CONSENT BOTTOM
